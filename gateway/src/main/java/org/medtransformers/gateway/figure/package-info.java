/** Figures of experiments and runs, from what is stored of them. */
package org.medtransformers.gateway.figure;
