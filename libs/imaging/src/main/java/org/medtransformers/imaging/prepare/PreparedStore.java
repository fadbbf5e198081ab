package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.Disk;
import org.medtransformers.files.PreparedFolders;
import org.medtransformers.files.ProcessLock;

/**
 * The folder of all prepared sets. A set is built aside by whoever holds its lock, and renamed to
 * {@code <id>}; see {@link PreparedFolders}.
 */
public final class PreparedStore {
  private final Disk disk = new Disk();
  private final Path root;
  private final PreparedFolders folders;

  /**
   * @param root created where it is missing
   */
  public PreparedStore(Path root) {
    this.root = root;
    this.folders = new PreparedFolders(root);
  }

  /** The folder of a set, there or not; throws {@link ErrorCode#NOT_FOUND} for what is no id. */
  public Path folder(String id) {
    if (!PreparedFolders.isId(id)) {
      throw MedtransException.of(ErrorCode.NOT_FOUND, "'" + id + "' is no prepared data set's id");
    }
    return root.resolve(id);
  }

  /** The set, where it is there and whole. */
  public Optional<PreparedSet> find(String id) {
    try {
      return Optional.of(PreparedSet.open(folder(id)));
    } catch (MedtransException e) {
      return Optional.empty();
    }
  }

  /** The manifest of a set, where it is there; its other files are not looked at. */
  public Optional<Manifest> manifest(String id) {
    try {
      return Optional.of(PreparedSet.readManifest(folder(id)));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * The split of a set.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} where the file is not as it was written
   */
  public StoredSplit split(String id) {
    Path file = folder(id).resolve(PreparedSet.SPLIT);
    try {
      return Json.read(Files.readString(file), StoredSplit.class);
    } catch (IOException | UncheckedIOException e) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND, file + " is missing or damaged, prepare the set again", e);
    }
  }

  /** The lock of {@code id}; {@code null} while another preparer, here or elsewhere, holds it. */
  ProcessLock tryLock(String id) throws IOException {
    return folders.tryLock(id);
  }

  /** Those of all sets, whole or not, in no order. */
  public List<String> ids() throws IOException {
    return folders.ids();
  }

  /**
   * Removes a set, however new it is.
   *
   * @return false if somebody has it locked; one that is not there is removed
   */
  public boolean remove(String id) throws IOException {
    return Files.notExists(folder(id)) || folders.remove(id, Instant.MAX);
  }

  /** Notes that somebody needs {@code id} from now on; false if it is not there, or just goes. */
  boolean use(String id) throws IOException {
    return folders.use(id);
  }

  Path newTemporary(String id) throws IOException {
    return Files.createDirectory(folders.newTemporary(id));
  }

  /** Makes a finished set, whose files are flushed, visible. Needs the set's lock. */
  void publish(Path temporary, String id) throws IOException {
    // What stands there is not whole, or nobody would have prepared it again.
    Path rubbish = temporary.resolveSibling(temporary.getFileName() + "-old");
    disk.sync(temporary);
    disk.publish(temporary, folder(id), rubbish);
    disk.delete(rubbish);
  }

  /** Deletes what dead preparers have left. */
  public void sweep() throws IOException {
    sweep("");
  }

  /**
   * The same.
   *
   * @param held id whose lock the caller has
   */
  void sweep(String held) throws IOException {
    for (Path folder : Disk.startingWith(PreparedFolders.TEMPORARY, root)) {
      String name = folder.getFileName().toString();
      String id = name.substring(PreparedFolders.TEMPORARY.length()).split("-", 2)[0];
      if (id.equals(held)) {
        disk.delete(folder);
        continue;
      }
      try (ProcessLock lock = tryLock(id)) {
        if (lock != null) {
          disk.delete(folder);
        }
      }
    }
  }
}
