/** Timings of our own parts, to be set beside those of a peer. */
package org.medtransformers.cli.bench;
