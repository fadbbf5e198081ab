package org.medtransformers.imaging.codec;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import org.medtransformers.imaging.Image;

/** JPEG frames of DICOM files. */
final class DicomJpeg {
  /** Says that three components are red, green and blue: an Adobe segment of transform 0. */
  private static final byte[] IS_RGB = {
    (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  private DicomJpeg() {}

  /** Baseline and extended: 8 bits, lossy. */
  static Image lossy(DicomPixels pixels, DicomElements elements, byte[] jpeg, SampleRange range)
      throws IOException {
    require(pixels, jpeg);
    if (pixels.allocated() != 8) {
      throw new IOException(
          "DICOM of lossy JPEG with %d bits, allowed are 8".formatted(pixels.stored()));
    }
    JpegCodec codec = new JpegCodec();
    if (pixels.samples() == 3) {
      return pixels.photometric().equals("RGB")
          ? colour(codec, jpeg, range)
          : codec.decode(jpeg, 3, range);
    }
    byte[] values = codec.decode(jpeg, 1, range).data();
    DicomGrey grey = new DicomGrey(pixels, elements, range);
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = grey.of(values[i] & 0xFF);
    }
    return new Image(out, pixels.size().height(), pixels.size().width(), 1);
  }

  /**
   * What DICOM calls RGB is often YCbCr, because whoever wrote it left the colours to the JPEG. So
   * the JPEG is believed where it says what it is, as libjpeg does; where it does not, coarser
   * components are chroma, and of components that are all as fine the ones are right that show less
   * colour: the others would be chroma taken for light or light for chroma.
   */
  private static Image colour(JpegCodec codec, byte[] jpeg, SampleRange range) throws IOException {
    JpegHeader header = JpegHeader.of(jpeg);
    Image converted = codec.decode(jpeg, 3, range);
    if (header.told() || header.subsampled()) {
      return converted;
    }
    Image plain = codec.decode(asRgb(jpeg), 3, range);
    return colourfulness(plain) <= colourfulness(converted) ? plain : converted;
  }

  /** Sum of the squared differences of red and blue to green. */
  private static long colourfulness(Image image) {
    byte[] data = image.data();
    long sum = 0;
    for (int i = 0; i < data.length; i += 3) {
      int green = data[i + 1] & 0xFF;
      int red = (data[i] & 0xFF) - green;
      int blue = (data[i + 2] & 0xFF) - green;
      sum += red * red + blue * blue;
    }
    return sum;
  }

  private static byte[] asRgb(byte[] jpeg) {
    byte[] marked = Arrays.copyOf(jpeg, jpeg.length + IS_RGB.length);
    System.arraycopy(IS_RGB, 0, marked, 2, IS_RGB.length);
    System.arraycopy(jpeg, 2, marked, 2 + IS_RGB.length, jpeg.length - 2);
    return marked;
  }

  /** Lossless (ITU T.81, annex H), of up to 16 bits. */
  static DicomCodec.Samples lossless(DicomPixels pixels, byte[] jpeg) throws IOException {
    require(pixels, jpeg);
    Raster raster = ImageIoJpeg.raster(jpeg);
    if (raster.getNumBands() != pixels.samples()) {
      throw new IOException("damaged: %d components in its JPEG".formatted(raster.getNumBands()));
    }
    int width = raster.getWidth();
    return (pixel, sample) -> raster.getSample(pixel % width, pixel / width, sample);
  }

  private static void require(DicomPixels pixels, byte[] jpeg) throws IOException {
    if (!new JpegCodec().recognises(jpeg)) {
      throw new IOException("damaged: its frame is no JPEG");
    }
    JpegHeader header = JpegHeader.of(jpeg);
    header.requireSize(pixels.size().width(), pixels.size().height());
    if (header.components() != pixels.samples()) {
      throw new IOException(
          "damaged: %d components in its JPEG, %d samples per pixel"
              .formatted(header.components(), pixels.samples()));
    }
  }
}
