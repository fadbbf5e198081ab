package org.medtransformers.cli.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.WholeFile;

/**
 * Writes a file, of JSON mostly, so that a reader sees all of it or the one before. Links are
 * followed; a device or pipe, such as {@code /dev/stdout}, is written to and not replaced.
 */
public final class JsonFile {
  private JsonFile() {}

  /**
   * Finds out before hours of work whether {@code file} can be written after them.
   *
   * @throws MedtransException if not
   */
  public static void requireWritable(Path file) {
    try {
      boolean writable =
          isSpecial(file)
              ? Files.isWritable(file) && !Files.isDirectory(file)
              : Files.isWritable(folder(target(file)));
      if (!writable) {
        throw new IOException("a folder, a link to nothing, or not writable");
      }
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Makes missing folders on the way. */
  public static void write(Path file, Object value) {
    writeBytes(file, (Json.pretty(value) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The same for what is no JSON. */
  public static void writeBytes(Path file, byte[] content) {
    try {
      if (isSpecial(file)) {
        Files.write(file, content);
      } else {
        folder(target(file));
        WholeFile.write(target(file), out -> out.write(content));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Whether something is there that leads to no regular file. */
  private static boolean isSpecial(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file);
  }

  private static Path target(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  /** The folder of {@code file}, made if it is missing. */
  private static Path folder(Path file) throws IOException {
    Path folder = file.getParent();
    return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
  }
}
