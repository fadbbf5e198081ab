package org.medtransformers.imaging.npz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.imaging.Image;

/**
 * Images of npz files in any order: the compressed arrays are unpacked once, into files without a
 * name, which the system frees with the process, however that ends. Safe for many threads.
 */
public final class UnpackedArrays implements AutoCloseable {
  private record Key(Path file, String array) {}

  private record Unpacked(FileChannel channel, List<Long> shape) {}

  private final Path scratch;
  private final Map<Key, Unpacked> arrays = new HashMap<>();

  /**
   * @param scratch a folder on a disk with room for what is unpacked
   */
  public UnpackedArrays(Path scratch) {
    this.scratch = scratch;
  }

  /** Bytes that each image of an array has. */
  public long bytesPerImage(Path file, String array) {
    List<Long> shape = unpacked(new Key(file, array)).shape();
    return shape.subList(1, shape.size()).stream().reduce(1L, Math::multiplyExact);
  }

  /** One image of an array of bytes [n, height, width] or [n, height, width, 3]. */
  public Image row(Path file, String array, int row) {
    Unpacked unpacked = unpacked(new Key(file, array));
    int height = unpacked.shape().get(1).intValue();
    int width = unpacked.shape().get(2).intValue();
    int channels = unpacked.shape().size() == 4 ? unpacked.shape().get(3).intValue() : 1;
    ByteBuffer pixels =
        ByteBuffer.allocate(Math.multiplyExact(Math.multiplyExact(height, width), channels));
    try {
      long start = (long) row * pixels.capacity();
      while (pixels.hasRemaining()) {
        if (unpacked.channel().read(pixels, start + pixels.position()) < 0) {
          throw new IOException("it ends early");
        }
      }
    } catch (IOException e) {
      throw DiskErrors.describe(e, "reading %s %s[%d]".formatted(file, array, row));
    }
    return new Image(pixels.array(), height, width, channels);
  }

  private synchronized Unpacked unpacked(Key key) {
    return arrays.computeIfAbsent(key, this::unpack);
  }

  private Unpacked unpack(Key key) {
    try (NpzFile npz = NpzFile.open(key.file())) {
      List<Long> shape =
          npz.imageShape(key.array())
              .orElseThrow(
                  () ->
                      MedtransException.of(
                          ErrorCode.DATASET_INVALID,
                          "%s has no array %s".formatted(key.file(), key.array())));
      FileChannel channel =
          FileChannel.open(
              Files.createTempFile(scratch, ".unpacked-", ".tmp"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      try {
        requireRoom(key, shape);
        npz.extract(key.array(), channel);
        return new Unpacked(channel, shape);
      } catch (RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw DiskErrors.describe(e, "unpacking %s into %s".formatted(key.file(), scratch));
    }
  }

  /** Asked first: what does not fit would take the last room from whoever else writes there. */
  private void requireRoom(Key key, List<Long> shape) throws IOException {
    long bytes = shape.stream().reduce(1L, Math::multiplyExact);
    long usable = Files.getFileStore(scratch).getUsableSpace();
    if (bytes > usable) {
      throw MedtransException.of(
          ErrorCode.DISK_FULL,
          "unpacking %s of %s takes %d bytes, %s has %d"
              .formatted(key.array(), key.file(), bytes, scratch, usable));
    }
  }

  @Override
  public void close() throws IOException {
    for (Unpacked unpacked : arrays.values()) {
      unpacked.channel().close();
    }
  }
}
