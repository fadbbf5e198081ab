/** Figures: what is drawn, in one style, as SVG, as PNG and as numbers. */
package org.medtransformers.plots.figure;
