package org.medtransformers.imaging.prepare;

/** Pixels. */
public record Size(int height, int width) {}
