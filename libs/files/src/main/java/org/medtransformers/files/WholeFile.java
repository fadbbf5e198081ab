package org.medtransformers.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.UUID;

/** Writes a file so that a reader sees all of it or the one before. */
public final class WholeFile {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private WholeFile() {}

  /** Writes what a file consists of. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Likewise {@link #write(Path, Content, FileAttribute...)}, in UTF-8. */
  public static void write(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)), attributes);
  }

  /**
   * Replaces {@code file}, which is no link; its folder exists. Nothing is left if it fails.
   *
   * @param attributes of the file, such as who may read it, from its first byte on
   */
  public static void write(Path file, Content content, FileAttribute<?>... attributes)
      throws IOException {
    // Processes of two containers may have one number.
    String name = ".%s.%s.tmp".formatted(file.getFileName(), UUID.randomUUID());
    Path temporary = file.resolveSibling(name);
    try {
      try (FileChannel channel = FileChannel.open(temporary, NEW, attributes);
          OutputStream out = Channels.newOutputStream(channel)) {
        content.write(out);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
