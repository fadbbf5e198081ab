package org.medtransformers.imaging.codec;

/**
 * What an image may cost, checked against file size and header before anything is decoded.
 *
 * @param maxBytes largest file
 * @param maxPixels largest height times width
 */
public record ImageLimits(long maxBytes, long maxPixels) {

  /** 256 MiB and 100 megapixels: twice the largest scanned mammogram. */
  public static final ImageLimits DEFAULT = new ImageLimits(256L << 20, 100_000_000);
}
