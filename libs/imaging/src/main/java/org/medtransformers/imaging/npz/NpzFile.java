package org.medtransformers.imaging.npz;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * A zip of {@code .npy} arrays. Nothing is believed before it is checked: what an array holds is
 * bounded by its own header, which is bounded too. Every failure is a {@link
 * ErrorCode#DATASET_INVALID} that names file and array.
 */
public final class NpzFile implements AutoCloseable {
  private static final long MOST_BYTES = 1L << 36;
  private static final int BLOCK = 1 << 16;
  private static final Map<String, Integer> INTEGERS =
      Map.of("u1", 1, "i1", 1, "b1", 1, "u2", 2, "i2", 2, "u4", 4, "i4", 4, "u8", 8, "i8", 8);

  private final Path file;
  private final ZipFile zip;

  private NpzFile(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  public static NpzFile open(Path file) {
    try {
      return new NpzFile(file, new ZipFile(file.toFile()));
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID, "%s is no npz file: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Whole numbers, row by row. */
  public record Labels(List<Long> shape, IntBuffer values) {}

  /**
   * An array of whole numbers; empty where there is none of that name.
   *
   * @param most numbers that it may have
   */
  public Optional<Labels> labels(String array, long most) {
    return reading(
        array,
        (header, held, in) -> {
          Integer size = INTEGERS.get(header.descr().substring(1));
          if (size == null || header.descr().startsWith(">")) {
            throw new IOException(
                "its elements are %s, allowed are whole numbers, little endian"
                    .formatted(header.descr()));
          }
          if (header.elements() > most) {
            throw new IOException(
                "its shape is %s, allowed are %d numbers".formatted(header.shape(), most));
          }
          requireHeld(header, size, held);
          int[] values = values(in, (int) header.elements(), size);
          requireEnd(in);
          return new Labels(header.shape(), IntBuffer.wrap(values).asReadOnlyBuffer());
        });
  }

  private static int[] values(InputStream in, int count, int size) throws IOException {
    int[] values = new int[0];
    byte[] block = new byte[BLOCK];
    for (int done = 0; done < count; ) {
      int next = Math.min(count - done, BLOCK / size);
      ByteBuffer bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
      readFully(in, block, next * size);
      // Grows with what has come, so that a header alone costs no memory.
      values =
          Arrays.copyOf(values, (int) Math.min(count, Math.max(done + next, 2L * values.length)));
      for (int i = 0; i < next; i++) {
        values[done + i] = value(bytes, i * size, size);
      }
      done += next;
    }
    return values;
  }

  /** A number that no label can have becomes -1. */
  private static int value(ByteBuffer bytes, int at, int size) {
    long value =
        switch (size) {
          case 1 -> bytes.get(at) & 0xFF;
          case 2 -> bytes.getShort(at);
          case 4 -> bytes.getInt(at);
          default -> bytes.getLong(at);
        };
    return value < 0 || value > Integer.MAX_VALUE ? -1 : (int) value;
  }

  /**
   * The shape of an array of bytes, [n, …].
   *
   * @return empty where there is none of that name
   */
  public Optional<List<Long>> imageShape(String array) {
    return reading(array, (header, held, in) -> byteShape(header, held));
  }

  private static List<Long> byteShape(NpyHeader header, long held) throws IOException {
    if (!header.descr().matches("[|<>=]?u1")) {
      throw new IOException("its elements are " + header.descr() + ", allowed are bytes, |u1");
    }
    if (header.elements() > MOST_BYTES) {
      throw new IOException(
          "its shape is %s, allowed are %d bytes".formatted(header.shape(), MOST_BYTES));
    }
    requireHeld(header, 1, held);
    return header.shape();
  }

  /** What the archive says itself is too little cannot become more. */
  private static void requireHeld(NpyHeader header, int size, long held) throws IOException {
    if (header.elements() > held / size) {
      throw new IOException(
          "truncated: its shape is %s, its bytes are %d".formatted(header.shape(), held));
    }
  }

  /** Writes the elements of an array of bytes, one behind the other, to {@code target}. */
  void extract(String array, FileChannel target) {
    reading(
        array,
        (header, held, in) -> {
          byteShape(header, held);
          byte[] block = new byte[BLOCK];
          for (long left = header.elements(); left > 0; ) {
            int next = (int) Math.min(left, BLOCK);
            readFully(in, block, next);
            write(target, ByteBuffer.wrap(block, 0, next));
            left -= next;
          }
          requireEnd(in);
          return null;
        });
  }

  private interface Reading<T> {
    /**
     * @param held bytes that the archive says it has, those of the header among them
     */
    T of(NpyHeader header, long held, InputStream in) throws IOException;
  }

  private <T> Optional<T> reading(String array, Reading<T> reading) {
    ZipEntry entry = zip.getEntry(array + ".npy");
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Optional.ofNullable(reading.of(NpyHeader.read(in), entry.getSize(), in));
    } catch (ScratchException e) {
      throw e.failure();
    } catch (IOException e) {
      String reason = e instanceof EOFException ? "truncated" : e.getMessage();
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID, "%s, array %s: %s".formatted(file, array, reason), e);
    }
  }

  private static void readFully(InputStream in, byte[] block, int length) throws IOException {
    if (in.readNBytes(block, 0, length) < length) {
      throw new IOException("truncated");
    }
  }

  private static void requireEnd(InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw new IOException("holds more than its header says");
    }
  }

  private static void write(FileChannel target, ByteBuffer bytes) throws ScratchException {
    try {
      while (bytes.hasRemaining()) {
        target.write(bytes);
      }
    } catch (IOException e) {
      throw new ScratchException(e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID, "%s cannot be closed: %s".formatted(file, e), e);
    }
  }
}
