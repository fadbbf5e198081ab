/** Embeddings laid out in two dimensions. */
package org.medtransformers.plots.embedding;
