/** Augmentation strategies: which views of a training image a run sees. */
package org.medtransformers.experiment.augmentation;
