/** Prepared data sets as they are looked at. */
package org.medtransformers.gateway.dataset;
