package org.medtransformers.learning.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a file, mapped into memory. What it hands out stays valid after the channel is
 * closed, as long as the file is not shortened.
 */
final class FileBytes {
  private final FileChannel channel;
  private final long size;

  /** All of the file, or null where it is larger than one mapping can be. */
  private final ByteBuffer whole;

  FileBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    this.whole =
        size <= Integer.MAX_VALUE ? channel.map(FileChannel.MapMode.READ_ONLY, 0, size) : null;
  }

  long size() {
    return size;
  }

  /**
   * A little-endian view of {@code length} bytes from {@code offset} on.
   *
   * @param what they are, for the message where the file does not hold them
   */
  ByteBuffer slice(long offset, long length, String what) {
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw new UnreadableWeightsException(
          "%s should be %d bytes from byte %d on, the file has %d"
              .formatted(what, length, offset, size));
    }
    if (length > Integer.MAX_VALUE) {
      throw new UnreadableWeightsException("%s is larger than 2 GiB".formatted(what));
    }
    ByteBuffer bytes =
        whole == null ? map(offset, length) : whole.slice((int) offset, (int) length);
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The first bytes, at most {@code length} of them. */
  ByteBuffer head(int length) {
    return slice(0, Math.min(length, size), "the beginning");
  }

  /** What remains in {@code bytes} as text. */
  static String utf8(ByteBuffer bytes, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableWeightsException(what + " is not UTF-8");
    }
  }

  private ByteBuffer map(long offset, long length) {
    try {
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
