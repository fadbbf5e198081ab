/** The metrics of all services, and the page that tells of them. */
package org.medtransformers.contracts.metric;
