package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;

/**
 * Reads image files. The format is told by the content, not by the name. Every failure is an {@link
 * ErrorCode#IMAGE_UNREADABLE} that names the file and the reason.
 */
public final class ImageDecoder {
  private static final List<Codec> CODECS =
      List.of(new PngCodec(), new JpegCodec(), new PnmCodec(), new DicomCodec());

  private final ImageLimits limits;

  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /** Whether JPEGs are read by the system's libturbojpeg. */
  public static boolean usesTurboJpeg() {
    return TurboJpeg.isAvailable();
  }

  /** Reads {@code file} as grey (1 channel) or RGB (3 channels). */
  public Image decode(Path file, int channels) {
    return decode(read(file), file.toString(), channels);
  }

  /** The bytes of {@code file}, no more than the limit. */
  public byte[] read(Path file) {
    size(file);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file.toString(), e.toString(), e);
    }
  }

  /** How many bytes {@code file} has, which is a regular one and within the limit. */
  public long size(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        // Reading a pipe or a device may never end.
        throw unreadable(file.toString(), "it is not a regular file", null);
      }
      long size = attributes.size();
      if (size > limits.maxBytes()) {
        throw unreadable(
            file.toString(), "%d bytes, allowed are %d".formatted(size, limits.maxBytes()), null);
      }
      return size;
    } catch (NoSuchFileException e) {
      throw unreadable(file.toString(), "there is no such file", e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e.toString(), e);
    }
  }

  /**
   * Decodes the bytes of a whole file.
   *
   * @param name what to call it in an error
   */
  public Image decode(byte[] file, String name, int channels) {
    return decode(file, name, channels, new SampleRange(null));
  }

  /**
   * The same.
   *
   * @param range a new one; by it samples of more than 8 bits become 8, and it knows of them then
   */
  public Image decode(byte[] file, String name, int channels, SampleRange range) {
    return reading(
        name,
        () -> {
          Codec codec = codec(file, name);
          check(codec.dimensions(file), name);
          return codec.decode(file, channels, range);
        });
  }

  /**
   * Heap that decoding takes at most beside the file, as its header says, which is within the
   * limits.
   */
  public long workingBytes(byte[] file, String name, int channels) {
    return reading(
        name,
        () -> {
          Codec codec = codec(file, name);
          check(codec.dimensions(file), name);
          return codec.workingBytes(file, channels);
        });
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  private static <T> T reading(String name, Reading<T> reading) {
    try {
      return reading.get();
    } catch (IOException e) {
      throw unreadable(name, e.getMessage(), e);
    } catch (MedtransException e) {
      throw e;
    } catch (RuntimeException e) {
      // A hostile file may meet arithmetic that no one foresaw; it must not end a run unnamed.
      throw unreadable(name, "damaged: " + e, e);
    }
  }

  private static Codec codec(byte[] file, String name) {
    return CODECS.stream()
        .filter(c -> c.recognises(file))
        .findFirst()
        .orElseThrow(() -> unreadable(name, "neither PNG, JPEG, PGM, PPM nor DICOM", null));
  }

  private void check(Dimensions size, String name) {
    if (size.height() <= 0 || size.width() <= 0) {
      throw unreadable(
          name, "its header says %d x %d pixels".formatted(size.width(), size.height()), null);
    }
    if (size.pixels() > limits.maxPixels()) {
      throw unreadable(
          name,
          "%d x %d pixels, allowed are %d in all"
              .formatted(size.width(), size.height(), limits.maxPixels()),
          null);
    }
  }

  private static MedtransException unreadable(String name, String reason, Throwable cause) {
    return MedtransException.of(
        ErrorCode.IMAGE_UNREADABLE, "image %s cannot be read: %s".formatted(name, reason), cause);
  }
}
