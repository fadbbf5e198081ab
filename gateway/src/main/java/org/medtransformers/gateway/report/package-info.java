/** Comparisons as people read them. */
package org.medtransformers.gateway.report;
