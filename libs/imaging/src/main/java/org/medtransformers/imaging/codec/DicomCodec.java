package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.medtransformers.imaging.Image;

/**
 * DICOM Part 10 files of one frame: uncompressed, RLE, JPEG baseline and JPEG lossless. Grey
 * becomes 8 bits by the file's window, see {@link DicomGrey}; colour by its depth.
 */
final class DicomCodec implements Codec {
  private static final String RLE = "1.2.840.10008.1.2.5";

  /** Per sample, where ImageIO reads a JPEG. */
  private static final int JPEG_BYTES = 1 + Integer.BYTES;

  @Override
  public boolean recognises(byte[] file) {
    return DicomReader.recognises(file);
  }

  @Override
  public Dimensions dimensions(byte[] file) throws IOException {
    return DicomPixels.of(DicomReader.read(file)).size();
  }

  @Override
  public long workingBytes(byte[] file, int channels) throws IOException {
    DicomElements elements = DicomReader.read(file);
    DicomPixels pixels = DicomPixels.of(elements);
    long image = Codec.convertedBytes(pixels.size().pixels(), pixels.samples(), channels);
    long samples = pixels.size().pixels() * pixels.samples();
    return switch (elements.syntax()) {
      // The joined fragments, which are no larger than the file, beside the bytes of the samples.
      case RLE -> image + file.length + pixels.bytes();
      // Decoded into 32 bits per sample, beside which the 16 bits stand.
      case "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70" ->
          image + 2L * file.length + (Integer.BYTES + Short.BYTES) * samples;
      // Colours are decoded in both ways in which they may have been meant.
      case "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51" ->
          image + 2L * file.length + (JPEG_BYTES + 2L) * samples;
      default -> image;
    };
  }

  @Override
  public Image decode(byte[] file, int channels, SampleRange range) throws IOException {
    DicomElements elements = DicomReader.read(file);
    DicomPixels pixels = DicomPixels.of(elements);
    Image image =
        switch (elements.syntax()) {
          case DicomElements.IMPLICIT_LITTLE_ENDIAN,
              "1.2.840.10008.1.2.1",
              DicomElements.EXPLICIT_BIG_ENDIAN ->
              samples(pixels, elements, uncompressed(pixels, elements), range);
          case RLE ->
              samples(
                  pixels, elements, DicomRle.decode(pixels, DicomFragments.join(elements)), range);
          case "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70" ->
              samples(
                  pixels,
                  elements,
                  DicomJpeg.lossless(pixels, DicomFragments.join(elements)),
                  range);
          case "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51" ->
              DicomJpeg.lossy(pixels, elements, DicomFragments.join(elements), range);
          default -> throw DicomElements.unsupported(elements.syntax());
        };
    return Channels.convert(image, channels);
  }

  /** Samples as they stand in the file, [height, width, samples]. */
  interface Samples {
    int at(int pixel, int sample);
  }

  private static Samples uncompressed(DicomPixels pixels, DicomElements elements)
      throws IOException {
    if (elements.encapsulated() || elements.pixels().remaining() < pixels.bytes()) {
      throw new IOException("truncated");
    }
    if (pixels.photometric().equals("YBR_FULL_422")) {
      throw new IOException("DICOM of YBR_FULL_422 without compression");
    }
    int count = Math.toIntExact(pixels.size().pixels());
    int step = pixels.planar() ? 1 : pixels.samples();
    int plane = pixels.planar() ? count : 1;
    ByteBuffer data = elements.pixels();
    if (pixels.bytesPerSample() == 1) {
      // In big endian files bytes stand in pairs of 16 bits.
      boolean swapped = data.order() == ByteOrder.BIG_ENDIAN && elements.words();
      return (pixel, sample) -> {
        int at = pixel * step + sample * plane;
        return data.get(swapped ? at ^ 1 : at) & 0xFF;
      };
    }
    return (pixel, sample) -> data.getShort(2 * (pixel * step + sample * plane)) & 0xFFFF;
  }

  private static Image samples(
      DicomPixels pixels, DicomElements elements, Samples samples, SampleRange range)
      throws IOException {
    int count = Math.toIntExact(pixels.size().pixels());
    byte[] out = new byte[Math.multiplyExact(count, pixels.samples())];
    if (pixels.samples() == 1) {
      DicomGrey grey = new DicomGrey(pixels, elements, range);
      for (int i = 0; i < count; i++) {
        out[i] = grey.of(samples.at(i, 0));
      }
    } else {
      colour(pixels, samples, out);
    }
    return new Image(out, pixels.size().height(), pixels.size().width(), pixels.samples());
  }

  private static void colour(DicomPixels pixels, Samples samples, byte[] out) {
    int shift = pixels.highBit() + 1 - pixels.stored();
    int most = (1 << pixels.stored()) - 1;
    for (int p = 0; p < out.length; p += 3) {
      for (int c = 0; c < 3; c++) {
        int value = samples.at(p / 3, c) >> shift & most;
        out[p + c] = (byte) ((value * 255 + most / 2) / most);
      }
      if (!pixels.photometric().equals("RGB")) {
        toRgb(out, p);
      }
    }
  }

  /** PS3.3, section C.7.6.3.1.2: YBR_FULL is JPEG's YCbCr. */
  private static void toRgb(byte[] out, int at) {
    double y = out[at] & 0xFF;
    double cb = (out[at + 1] & 0xFF) - 128;
    double cr = (out[at + 2] & 0xFF) - 128;
    out[at] = clipped(y + 1.402 * cr);
    out[at + 1] = clipped(y - 0.344136286 * cb - 0.714136286 * cr);
    out[at + 2] = clipped(y + 1.772 * cb);
  }

  private static byte clipped(double value) {
    return (byte) Math.max(0, Math.min(255, (int) Math.floor(value + 0.5)));
  }
}
