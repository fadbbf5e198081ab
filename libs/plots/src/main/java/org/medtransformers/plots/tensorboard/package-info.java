/** TensorBoard's event files. */
package org.medtransformers.plots.tensorboard;
