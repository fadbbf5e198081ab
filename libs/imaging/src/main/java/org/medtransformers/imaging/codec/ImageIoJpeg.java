package org.medtransformers.imaging.codec;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.medtransformers.imaging.Image;

/** JPEG through ImageIO, which TwelveMonkeys' plug-in extends. */
final class ImageIoJpeg {
  private ImageIoJpeg() {}

  /** What reading takes beside its result: a raster, and its values as integers. */
  static int bytesPerPixel(int components) {
    return components == 3 ? 3 + Integer.BYTES : components * (1 + Integer.BYTES);
  }

  /** A JPEG of one or three components as grey or RGB, without colour management. */
  static Image decode(byte[] jpeg) throws IOException {
    return read(
        JpegHeader.cleaned(jpeg),
        reader -> {
          BufferedImage image = reader.read(0);
          Raster raster = image.getRaster();
          return raster.getNumBands() == 1 ? copy(raster) : colour(image);
        });
  }

  /** A JPEG of four components as RGB, converted from Adobe's inverted inks as PIL does. */
  static Image decodeInks(byte[] jpeg) throws IOException {
    return read(
        JpegHeader.cleaned(jpeg),
        reader -> {
          Raster raster = reader.readRaster(0, null);
          return fromInks(
              raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null),
              raster.getHeight(),
              raster.getWidth());
        });
  }

  /** The values of a JPEG as they are coded, of whatever depth. */
  static Raster raster(byte[] jpeg) throws IOException {
    return read(JpegHeader.cleaned(jpeg), reader -> reader.readRaster(0, null));
  }

  private interface Reading<T> {
    T apply(ImageReader reader) throws IOException;
  }

  private static <T> T read(byte[] jpeg, Reading<T> reading) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    List<String> warnings = new ArrayList<>();
    IIOReadWarningListener listener = (source, warning) -> warnings.add(warning);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.addIIOReadWarningListener(listener);
      reader.setInput(in, true, true);
      JpegHeader.of(jpeg).requireSize(reader.getWidth(0), reader.getHeight(0));
      T image = reading.apply(reader);
      for (String warning : warnings) {
        JpegWarnings.check(warning);
      }
      return image;
    } catch (RuntimeException e) {
      // Readers meet damaged files with all kinds of unchecked exceptions.
      throw new IOException("damaged: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  private static Image copy(Raster raster) {
    int[] values = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    byte[] data = new byte[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) values[i];
    }
    return new Image(data, raster.getHeight(), raster.getWidth(), 1);
  }

  private static Image colour(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] data = new byte[pixels.length * 3];
    for (int i = 0, p = 0; i < pixels.length; i++, p += 3) {
      data[p] = (byte) (pixels[i] >> 16);
      data[p + 1] = (byte) (pixels[i] >> 8);
      data[p + 2] = (byte) pixels[i];
    }
    return new Image(data, height, width, 3);
  }

  private static Image fromInks(int[] inverted, int height, int width) {
    byte[] data = new byte[height * width * 3];
    for (int i = 0; i < height * width; i++) {
      int white = inverted[4 * i + 3];
      for (int c = 0; c < 3; c++) {
        int ink = 255 - inverted[4 * i + c];
        int product = ink * white + 128;
        data[3 * i + c] = (byte) Math.max(0, white - (((product >> 8) + product) >> 8));
      }
    }
    return new Image(data, height, width, 3);
  }
}
