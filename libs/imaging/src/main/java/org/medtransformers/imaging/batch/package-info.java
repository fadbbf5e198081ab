/** Batches of augmented images, each a pure function of loader, epoch and number. */
package org.medtransformers.imaging.batch;
