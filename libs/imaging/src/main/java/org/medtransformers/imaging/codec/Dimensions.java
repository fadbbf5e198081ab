package org.medtransformers.imaging.codec;

/** What a header declares, in pixels; not to be believed before it is checked. */
record Dimensions(int height, int width) {
  long pixels() {
    return (long) height * width;
  }
}
