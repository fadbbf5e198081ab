package org.medtransformers.imaging.codec;

import java.io.IOException;
import org.medtransformers.imaging.Image;

/** JPEG, by the system's libturbojpeg where there is one, by ImageIO otherwise. */
final class JpegCodec implements Codec {
  @Override
  public boolean recognises(byte[] file) {
    return file.length >= 2 && file[0] == (byte) 0xFF && file[1] == (byte) 0xD8;
  }

  @Override
  public Dimensions dimensions(byte[] file) throws IOException {
    return JpegHeader.of(file).dimensions();
  }

  @Override
  public long workingBytes(byte[] file, int channels) throws IOException {
    JpegHeader header = JpegHeader.of(file);
    long pixels = header.dimensions().pixels();
    int found = header.components() == 1 ? 1 : 3;
    long image = Codec.convertedBytes(pixels, found, channels);
    boolean byImageIo = header.components() == 4 || !TurboJpeg.isAvailable();
    return byImageIo
        ? image + file.length + pixels * ImageIoJpeg.bytesPerPixel(header.components())
        : image;
  }

  @Override
  public Image decode(byte[] file, int channels, SampleRange range) throws IOException {
    JpegHeader header = JpegHeader.of(file);
    return switch (header.components()) {
      case 1, 3 ->
          Channels.convert(
              TurboJpeg.isAvailable() ? TurboJpeg.decode(file) : ImageIoJpeg.decode(file),
              channels);
      // libturbojpeg leaves the conversion of inks to its caller, so one path serves both.
      case 4 -> Channels.convert(ImageIoJpeg.decodeInks(file), channels);
      default -> throw new IOException("JPEG of %d components".formatted(header.components()));
    };
  }
}
