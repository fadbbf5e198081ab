package org.medtransformers.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Folders that appear whole or not at all: written aside under a name that begins with a dot,
 * {@link #flush flushed}, {@link #publish published}.
 */
public final class Folders {
  private Folders() {}

  /** What lies directly in {@code folder} under names that begin so; nothing where it is absent. */
  public static List<Path> startingWith(String prefix, Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Forces a folder's files and their names to the disk. Folders in it are not looked into. */
  public static void flush(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.toList()) {
        force(file);
      }
    }
    force(folder);
  }

  /**
   * Lets {@code draft}, whose content is flushed, take the place of {@code target} beside it: what
   * stood there is moved away first, so a reader sees the old one, nothing, or the new one.
   */
  public static void publish(Path draft, Path target) throws IOException {
    Path root = target.toAbsolutePath().getParent();
    force(draft);
    if (Files.exists(target)) {
      // It begins as a draft's name does, so it is swept if it cannot be deleted now.
      Path old = draft.resolveSibling(draft.getFileName() + "-" + UUID.randomUUID());
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      delete(old);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    force(root);
  }

  /**
   * Deletes a folder with all that is in it; links are deleted, never followed. Nothing happens
   * where it is absent, or where another deletes it at the same time.
   */
  public static void delete(Path folder) throws IOException {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (NoSuchFileException e) {
      // It is gone, which is what was asked for.
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
