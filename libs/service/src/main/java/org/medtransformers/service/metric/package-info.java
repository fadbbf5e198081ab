/** The one way to have a metric. */
package org.medtransformers.service.metric;
