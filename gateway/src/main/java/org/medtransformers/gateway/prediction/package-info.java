/** What a run said of single images: a table of them, thresholds, the images, their embeddings. */
package org.medtransformers.gateway.prediction;
