/**
 * Prepared data sets: every image decoded and resized once, kept as uint8 {@code .npy} shards with
 * a CSV index. A set is named by the hash of what it was made from, appears whole or not at all,
 * and can be deleted at any time.
 */
package org.medtransformers.imaging.prepare;
