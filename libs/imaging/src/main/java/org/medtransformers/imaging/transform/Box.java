package org.medtransformers.imaging.transform;

/** A rectangle of pixels, from the upper left corner. */
public record Box(int top, int left, int height, int width) {}
