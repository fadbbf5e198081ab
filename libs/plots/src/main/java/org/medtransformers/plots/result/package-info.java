/** What was measured and compared, as figures. */
package org.medtransformers.plots.result;
