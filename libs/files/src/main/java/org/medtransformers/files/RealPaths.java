package org.medtransformers.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where paths lead once links are followed: what a rule about folders must look at. */
public final class RealPaths {
  private RealPaths() {}

  /**
   * Where {@code path} leads, which need not exist: the real path of as much of it as is there, and
   * the rest below. A link that leads to nothing is there, so it is no way to a place that may be
   * made later.
   *
   * @param path absolute
   * @throws IOException where a link on the way leads to nothing, or a folder cannot be looked into
   */
  public static Path of(Path path) throws IOException {
    Path whole = path.normalize();
    Path existing = whole;
    while (Files.notExists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    return existing.toRealPath().resolve(existing.relativize(whole));
  }
}
