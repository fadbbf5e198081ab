/** Trained models: found, read, exported, and asked about images that are in no data set. */
package org.medtransformers.inference;
