/** What a network looks at, drawn over the image. */
package org.medtransformers.plots.attention;
