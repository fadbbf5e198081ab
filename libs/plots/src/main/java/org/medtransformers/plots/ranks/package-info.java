/** Mean ranks over data sets as a picture. */
package org.medtransformers.plots.ranks;
