package org.medtransformers.imaging.codec;

/**
 * What an image may cost, checked against file size and header before anything is decoded.
 *
 * @param maxBytes largest file
 * @param maxPixels largest height times width
 */
public record ImageLimits(long maxBytes, long maxPixels) {

  /** 512 MiB and 100 megapixels: twice the largest scanned mammogram. */
  public static final ImageLimits DEFAULT = new ImageLimits(512L << 20, 100_000_000);
}
