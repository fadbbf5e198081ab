/** NumPy's archives of arrays, read with bounds. */
package org.medtransformers.imaging.npz;
