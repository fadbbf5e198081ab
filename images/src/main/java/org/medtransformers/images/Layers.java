package org.medtransformers.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** Layers whose bytes depend on the files alone, not on when they were made. */
final class Layers {
  /** A time that ZIP files can hold. */
  static final LocalDateTime MODIFIED_LOCAL = LocalDateTime.of(1980, 2, 1, 0, 0);

  static final Instant MODIFIED = MODIFIED_LOCAL.toInstant(ZoneOffset.UTC);

  private static final String ROOT = "0:0";
  private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
  private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

  private Layers() {}

  /** A folder with all that it contains, links followed. */
  static FileEntriesLayer tree(String name, Path folder, String target) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.sorted().toList()) {
        add(layer, file, target + "/" + folder.relativize(file));
      }
    }
    return layer.build();
  }

  /** Files below {@code folder}, at the same places below {@code target}. */
  static FileEntriesLayer files(String name, List<Path> files, Path folder, String target) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    for (Path file : files) {
      add(layer, file, target + "/" + folder.relativize(file));
    }
    return layer.build();
  }

  static void add(FileEntriesLayer.Builder layer, Path file, String target) {
    boolean program = Files.isDirectory(file) || Files.isExecutable(file);
    layer.addEntry(file, AbsoluteUnixPath.get(target), program ? PROGRAM : FILE, MODIFIED, ROOT);
  }

  /** A folder that the user of the container may write to, unless a volume takes its place. */
  static void addOwned(
      FileEntriesLayer.Builder layer, Path anyFolder, String target, String owner) {
    layer.addEntry(
        anyFolder,
        AbsoluteUnixPath.get(target),
        FilePermissions.fromOctalString("700"),
        MODIFIED,
        owner);
  }
}
