package org.medtransformers.imaging.codec;

import java.io.IOException;

/**
 * The layout of a DICOM image's pixels (PS3.3, section C.7.6.3).
 *
 * @param samples 1 or 3 per pixel
 * @param allocated bits that a sample takes, 8 or 16
 * @param stored bits that hold it, up to {@code highBit}
 */
record DicomPixels(
    Dimensions size,
    int samples,
    String photometric,
    boolean planar,
    int allocated,
    int stored,
    int highBit,
    boolean signed) {

  static DicomPixels of(DicomElements elements) throws IOException {
    double frames = elements.decimal(DicomElements.NUMBER_OF_FRAMES, 1);
    if (frames != 1) {
      throw new IOException("DICOM of %.0f frames, allowed is one".formatted(frames));
    }
    int stored = elements.number(DicomElements.BITS_STORED);
    DicomPixels pixels =
        new DicomPixels(
            new Dimensions(
                elements.number(DicomElements.ROWS), elements.number(DicomElements.COLUMNS)),
            elements.number(DicomElements.SAMPLES_PER_PIXEL, 1),
            elements.text(DicomElements.PHOTOMETRIC_INTERPRETATION),
            elements.number(DicomElements.PLANAR_CONFIGURATION, 0) == 1,
            elements.number(DicomElements.BITS_ALLOCATED),
            stored,
            elements.number(DicomElements.HIGH_BIT, stored - 1),
            elements.number(DicomElements.PIXEL_REPRESENTATION, 0) == 1);
    pixels.requireKnown();
    return pixels;
  }

  private void requireKnown() throws IOException {
    boolean depth = allocated == 8 || allocated == 16;
    if (!depth
        || stored < 1
        || stored > allocated
        || highBit >= allocated
        || highBit < stored - 1) {
      throw new IOException(
          "DICOM of %d bits allocated, %d stored, high bit %d; allowed are 8 or 16 allocated"
              .formatted(allocated, stored, highBit));
    }
    boolean known =
        switch (photometric) {
          case "MONOCHROME1", "MONOCHROME2" -> samples == 1;
          case "RGB", "YBR_FULL", "YBR_FULL_422" -> samples == 3 && !signed;
          default -> false;
        };
    if (!known) {
      throw new IOException(
          "DICOM of photometric interpretation '%s' with %d samples per pixel, allowed are"
                  .formatted(photometric, samples)
              + " MONOCHROME1 and MONOCHROME2 with 1, RGB and YBR_FULL with 3");
    }
  }

  boolean inverted() {
    return photometric.equals("MONOCHROME1");
  }

  int bytesPerSample() {
    return allocated / 8;
  }

  /** Bytes of the whole image as they stand in an uncompressed file. */
  long bytes() {
    return size.pixels() * samples * bytesPerSample();
  }
}
