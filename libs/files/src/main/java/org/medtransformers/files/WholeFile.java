package org.medtransformers.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes a file so that a reader sees all of it or the one before. A writer that is killed may
 * leave its draft, which goes when the next file is written beside it.
 */
public final class WholeFile {
  private static final Pattern DRAFT = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.tmp");

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
    clear(file.toAbsolutePath().getParent());
    while (!made(file, content, attributes)) {
      // Another took the draft for left behind before it was locked.
    }
  }

  private static boolean made(Path file, Content content, FileAttribute<?>... attributes)
      throws IOException {
    // Processes of two containers may have one number.
    String name = ".%s.%s.tmp".formatted(file.getFileName(), UUID.randomUUID());
    Path draft = file.resolveSibling(name);
    try (ProcessLock held = ProcessLock.make(draft, attributes)) {
      if (Files.notExists(draft)) {
        return false;
      }
      content.write(Channels.newOutputStream(held.channel()));
      held.channel().force(true);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Removes what writers have left that were killed: the system frees the locks of those. */
  private static void clear(Path folder) throws IOException {
    for (Path draft : Disk.startingWith(".", folder)) {
      if (DRAFT.matcher(draft.getFileName().toString()).matches()) {
        try (ProcessLock free = ProcessLock.tryLockPresent(draft)) {
          if (free != null) {
            Files.deleteIfExists(draft);
          }
        } catch (IOException e) {
          // It is gone, or another's; the file itself can be written.
        }
      }
    }
  }
}
