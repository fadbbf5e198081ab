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
import java.util.stream.Stream;

/**
 * The steps by which something changes on the disk, and what is made of them. A process may be
 * killed at any step; a test does so by a subclass.
 */
public class Disk {
  /** Does nothing where it is there. */
  public void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  public void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  /** Returns when {@code path}, a file's content or a folder's entries, outlasts a power cut. */
  public void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Gives {@code from} the name {@code to}, at once, in place of a file that has it. */
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes a file, a link or an empty folder. */
  public void remove(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  /** Forces a folder's files and their names to the disk. Folders in it are not looked into. */
  public final void flush(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.toList()) {
        sync(file);
      }
    }
    sync(folder);
  }

  /**
   * Lets {@code draft}, whose content is flushed, take the place of {@code target} beside it: what
   * stood there is first given the name {@code aside}, at once, so a reader sees the old one,
   * nothing, or the new one. What lies aside is for the caller to {@linkplain #delete delete}.
   */
  public final void publish(Path draft, Path target, Path aside) throws IOException {
    if (Files.exists(target)) {
      rename(target, aside);
    }
    rename(draft, target);
    sync(target.toAbsolutePath().getParent());
  }

  /**
   * Deletes a folder with all that is in it; links are deleted, never followed. Nothing happens
   * where it is absent, or where another deletes it at the same time.
   */
  public final void delete(Path folder) throws IOException {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (NoSuchFileException e) {
      // It is gone, which is what was asked for.
    }
  }

  /** {@code folder}, or of those it will be made in the innermost that is there. */
  public static Path present(Path folder) {
    return Files.exists(folder) || folder.getParent() == null
        ? folder
        : present(folder.getParent());
  }

  /** What lies directly in {@code folder} under names that begin so; nothing where it is absent. */
  public static List<Path> startingWith(String prefix, Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      remove(file);
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
      remove(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
