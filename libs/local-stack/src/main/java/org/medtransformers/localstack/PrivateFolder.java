package org.medtransformers.localstack;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Closes a folder to all but its owner. The folder itself comes last, so that one whose closing was
 * interrupted is closed anew, and one that is closed is not looked through at every start.
 */
final class PrivateFolder extends SimpleFileVisitor<Path> {
  private static final Set<PosixFilePermission> OF_OWNER =
      EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);

  private int closed;
  private int left;

  private PrivateFolder() {}

  /**
   * What came of it.
   *
   * @param files files and folders that others could open and cannot any more
   * @param left those that somebody else owns, or whose file system knows no permissions
   */
  record Closed(int files, int left) {
    String describe(Path home) {
      String others =
          "%s was open to other users of this machine; %d files and folders are closed to them now"
              .formatted(home, files);
      return left == 0
          ? others
          : others + ", %d could not be closed: they are not this user's".formatted(left);
    }
  }

  /** Makes {@code folder}, or closes one that is there; empty where nothing had to be closed. */
  static Optional<Closed> close(Path folder) {
    try {
      if (Files.notExists(folder)) {
        PrivateFiles.createDirectory(folder);
        return Optional.empty();
      }
      Path real = folder.toRealPath();
      if (isPrivate(real)) {
        return Optional.empty();
      }
      PrivateFolder visitor = new PrivateFolder();
      Files.walkFileTree(real, visitor);
      return Optional.of(new Closed(visitor.closed, visitor.left));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + folder + " to others", e);
    }
  }

  private static boolean isPrivate(Path path) throws IOException {
    return OF_OWNER.containsAll(Files.getPosixFilePermissions(path));
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    // What a link leads to may be anybody's.
    if (!attributes.isSymbolicLink()) {
      narrow(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException reason) {
    if (Files.exists(file)) {
      left++;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException reason) {
    narrow(directory);
    return FileVisitResult.CONTINUE;
  }

  private void narrow(Path path) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (permissions.retainAll(OF_OWNER)) {
        Files.setPosixFilePermissions(path, permissions);
        closed++;
      }
    } catch (IOException e) {
      left++;
    }
  }
}
