/** Comparisons that are planned from a folder of images, a question and a time. */
package org.medtransformers.gateway.proposal;
