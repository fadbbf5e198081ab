package org.medtransformers.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Folders that appear whole or not at all, and disappear without a rest. */
public final class Folders {
  private static final Disk DISK = new Disk();

  private Folders() {}

  /**
   * Lets {@code draft}, whose content is flushed, take the place of {@code target} beside it: what
   * stood there is moved away first, so a reader sees the old one, nothing, or the new one.
   */
  public static void publish(Path draft, Path target) throws IOException {
    DISK.sync(draft);
    if (Files.exists(target)) {
      // It begins as a draft's name does, so it is swept if it cannot be deleted now.
      Path old = draft.resolveSibling(draft.getFileName() + "-" + UUID.randomUUID());
      DISK.rename(target, old);
      DISK.delete(old);
    }
    DISK.rename(draft, target);
    DISK.sync(target.toAbsolutePath().getParent());
  }

  /** As {@link Disk#delete}. */
  public static void delete(Path folder) throws IOException {
    DISK.delete(folder);
  }
}
