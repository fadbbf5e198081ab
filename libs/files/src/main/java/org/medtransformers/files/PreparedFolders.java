package org.medtransformers.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The folder of all prepared data sets, whatever they consist of. A set is made, used and removed
 * by whoever holds the file lock {@code .locks/<id>}, whose time says when it was used last. What
 * is being made or removed is called {@code .tmp-<id>-<random>}; the system frees the lock of a
 * process that dies, so one whose lock is free is rubbish.
 */
public final class PreparedFolders {
  /** Beginning of the name of what is being made or removed. */
  public static final String TEMPORARY = ".tmp-";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private final Disk disk = new Disk();
  private final Path root;

  /**
   * A set.
   *
   * @param bytes of all its files
   * @param used when it was last made or asked for
   */
  public record Folder(String id, long bytes, Instant used) {}

  /**
   * @param root which may be missing
   */
  public PreparedFolders(Path root) {
    this.root = root;
  }

  /** Whether {@code id} is how a set is called. */
  public static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** Those of all sets, in no order. */
  public List<String> ids() throws IOException {
    return Disk.startingWith("", root).stream()
        .map(folder -> folder.getFileName().toString())
        .filter(PreparedFolders::isId)
        .toList();
  }

  /** The set {@code id}; empty where there is none, such as one that another has just removed. */
  public Optional<Folder> find(String id) throws IOException {
    try {
      return Optional.of(new Folder(id, FolderSize.of(root.resolve(id)), used(id)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Instant used(String id) throws IOException {
    Instant made = modified(root.resolve(id));
    Path lock = lockFile(id);
    // An empty one was made by who looked only.
    boolean asked = Files.exists(lock) && Files.size(lock) > 0;
    return asked && modified(lock).isAfter(made) ? modified(lock) : made;
  }

  private static Instant modified(Path path) throws IOException {
    return Files.getLastModifiedTime(path).toInstant();
  }

  private Path lockFile(String id) {
    return root.resolve(".locks").resolve(id);
  }

  /** The lock of {@code id}; {@code null} while another process or thread holds it. */
  public ProcessLock tryLock(String id) throws IOException {
    Files.createDirectories(lockFile(id).getParent());
    return ProcessLock.tryLock(lockFile(id));
  }

  /** A new name for what is made of {@code id}, or left of it. */
  public Path newTemporary(String id) {
    return root.resolve(TEMPORARY + id + "-" + UUID.randomUUID());
  }

  /**
   * Notes that somebody needs {@code id} from now on.
   *
   * @return false if it is not there, or may just be going
   */
  public boolean use(String id) throws IOException {
    try (ProcessLock lock = tryLock(id)) {
      if (lock == null || Files.notExists(root.resolve(id))) {
        return false;
      }
      lock.touch();
      return true;
    }
  }

  /**
   * Removes {@code id}, at once for who reads.
   *
   * @return false if it was used since {@code unusedSince}, or somebody has it locked
   */
  public boolean remove(String id, Instant unusedSince) throws IOException {
    try (ProcessLock lock = tryLock(id)) {
      if (lock == null || Files.notExists(root.resolve(id)) || !used(id).isBefore(unusedSince)) {
        return false;
      }
      Path aside = newTemporary(id);
      disk.rename(root.resolve(id), aside);
      disk.delete(aside);
      return true;
    }
  }
}
