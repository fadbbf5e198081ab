package org.medtransformers.imaging.codec;

import java.io.IOException;
import org.medtransformers.imaging.Image;

/**
 * PGM and PPM, binary (P5, P6) and plain (P2, P3), of 8 and 16 bits. Values are scaled from 0 to
 * the file's own maximum to 0 to 255 and rounded; PIL clips grey of more than 8 bits.
 */
final class PnmCodec implements Codec {

  @Override
  public boolean recognises(byte[] file) {
    return file.length >= 3
        && file[0] == 'P'
        && "2356".indexOf(file[1]) >= 0
        && (PnmTokens.isSpace(file[2]) || file[2] == '#');
  }

  @Override
  public Dimensions dimensions(byte[] file) throws IOException {
    return Header.read(new PnmTokens(file)).size();
  }

  /**
   * @param kind the digit of the magic number
   * @param most largest value, which is white
   */
  private record Header(int kind, Dimensions size, int most) {
    private static final int MOST_DIGITS_VALUE = 65535;

    static Header read(PnmTokens tokens) throws IOException {
      int kind = tokens.magic();
      int width = tokens.number("width");
      int height = tokens.number("height");
      int most = tokens.number("maximum");
      if (most < 1 || most > MOST_DIGITS_VALUE) {
        throw new IOException(
            "its maximum is %d, allowed are 1 to %d".formatted(most, MOST_DIGITS_VALUE));
      }
      return new Header(kind, new Dimensions(height, width), most);
    }

    boolean plain() {
      return kind < 5;
    }

    int channels() {
      return kind == 2 || kind == 5 ? 1 : 3;
    }
  }

  @Override
  public long workingBytes(byte[] file, int channels) throws IOException {
    Header header = Header.read(new PnmTokens(file));
    return Codec.convertedBytes(header.size().pixels(), header.channels(), channels);
  }

  @Override
  public Image decode(byte[] file, int channels, SampleRange range) throws IOException {
    PnmTokens tokens = new PnmTokens(file);
    Header header = Header.read(tokens);
    long values = header.size().pixels() * header.channels();
    requireValues(header, values, file.length);
    range.within(header.most());
    byte[] pixels = new byte[Math.toIntExact(values)];
    if (header.plain()) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = range.scaled(tokens.number("value"));
      }
    } else {
      binary(file, tokens.binaryStart(), header, pixels, range);
    }
    return Channels.convert(
        new Image(pixels, header.size().height(), header.size().width(), header.channels()),
        channels);
  }

  /** Before room is made for them. */
  private static void requireValues(Header header, long values, int length) throws IOException {
    long least = header.plain() ? 2 * values - 1 : values * (header.most() > 255 ? 2 : 1);
    if (least > length) {
      throw new IOException("truncated");
    }
  }

  private static void binary(
      byte[] file, int start, Header header, byte[] pixels, SampleRange range) throws IOException {
    int bytes = header.most() > 255 ? 2 : 1;
    if ((long) pixels.length * bytes > file.length - start) {
      throw new IOException("truncated");
    }
    for (int i = 0, at = start; i < pixels.length; i++, at += bytes) {
      int value = bytes == 1 ? file[at] & 0xFF : (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
      pixels[i] = range.scaled(value);
    }
  }
}
