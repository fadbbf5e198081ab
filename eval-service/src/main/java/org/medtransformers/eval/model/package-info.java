/** Trained models in this process: what they say of an image, what they look at, their export. */
package org.medtransformers.eval.model;
