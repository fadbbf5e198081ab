/** Batches of images from the data-service, fetched ahead over HTTP. */
package org.medtransformers.batches;
