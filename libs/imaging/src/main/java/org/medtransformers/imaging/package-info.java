/** Decoding, transforms, splits, prepared shards and batches; plain Java on bytes. */
package org.medtransformers.imaging;
