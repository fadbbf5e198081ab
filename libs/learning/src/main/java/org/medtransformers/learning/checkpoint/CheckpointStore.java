package org.medtransformers.learning.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.Disk;

/**
 * The checkpoints of one run: folders that appear whole or not at all. Each is written under a
 * temporary name, flushed to the disk and renamed; reading verifies every file and falls back to
 * the checkpoint before when one is damaged.
 */
public final class CheckpointStore {
  private static final System.Logger LOG = System.getLogger(CheckpointStore.class.getName());
  private static final String PREFIX = "attempt-";
  private static final String TEMPORARY = ".writing-";
  private static final String DISCARDED = ".discarded-";
  private static final String BEST = "best.json";

  private final Path root;
  private final int keep;
  private final Disk disk;

  /** Writes what a checkpoint consists of into an empty folder. */
  @FunctionalInterface
  public interface Content {
    void write(Path folder) throws IOException;
  }

  private record Best(String checkpoint) {}

  /**
   * @param root folder of the run's checkpoints; made when first needed
   * @param keep how many of the newest stay, besides the best
   */
  public CheckpointStore(Path root, int keep) {
    this(root, keep, new Disk());
  }

  CheckpointStore(Path root, int keep, Disk disk) {
    if (keep < 1) {
      throw new IllegalArgumentException("keep is " + keep + ", allowed is 1 or more");
    }
    this.root = root;
    this.keep = keep;
    this.disk = disk;
  }

  /**
   * A checkpoint that is on the disk but does not count yet.
   *
   * @param folder where its files lie until then
   * @param checkpoint what it becomes
   */
  public record Draft(Path folder, Checkpoint checkpoint) {}

  /**
   * Saves a checkpoint, then removes those no longer needed.
   *
   * @param best whether it is the best so far, to be kept until a better one comes
   */
  public Checkpoint save(
      int attempt, long iteration, JsonNode progress, boolean best, Content content)
      throws IOException {
    return publish(write(attempt, iteration, progress, content), best);
  }

  /**
   * The slow half of saving, which any thread may do: writes and flushes all files, aside. What is
   * never published is removed by a later attempt.
   */
  public Draft write(int attempt, long iteration, JsonNode progress, Content content)
      throws IOException {
    String name = folderName(attempt, iteration);
    Path temporary = root.resolve(TEMPORARY + name);
    disk.createFolder(root);
    disk.delete(temporary);
    disk.createFolder(temporary);
    content.write(temporary);
    Manifest manifest = Manifest.of(temporary, attempt, iteration, progress);
    disk.write(temporary.resolve(Manifest.FILE), Json.pretty(manifest));
    disk.flush(temporary);
    return new Draft(temporary, new Checkpoint(root.resolve(name), attempt, iteration, progress));
  }

  /**
   * The quick half, for a caller who must be sure at this moment that the run is still its own:
   * lets {@code draft} appear, then removes what is no longer needed. May be done again.
   *
   * @param best whether it is the best so far, to be kept until a better one comes
   */
  public Checkpoint publish(Draft draft, boolean best) throws IOException {
    Checkpoint checkpoint = draft.checkpoint();
    if (!Files.exists(checkpoint.folder()) || Files.exists(draft.folder())) {
      disk.publish(draft.folder(), checkpoint.folder(), discarded(checkpoint.folder()));
    }
    if (best) {
      markBest(checkpoint);
    }
    prune(checkpoint.attempt());
    return checkpoint;
  }

  /** Notes that {@code checkpoint} is the best so far, to be kept until a better one comes. */
  public void markBest(Checkpoint checkpoint) throws IOException {
    Path temporary = root.resolve(TEMPORARY + BEST);
    String name = checkpoint.folder().getFileName().toString();
    disk.write(temporary, Json.write(new Best(name)));
    disk.sync(temporary);
    disk.rename(temporary, root.resolve(BEST));
    disk.sync(root);
  }

  /**
   * Copies the newest and the best checkpoint of another run, as if an attempt before the first had
   * written them. Does nothing where this run has got that far already, so it may be broken off and
   * done again.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if one of them is missing or
   *     damaged
   */
  public void adopt(CheckpointStore other) throws IOException {
    Checkpoint newest =
        other.list().stream()
            .findFirst()
            .orElseThrow(
                () ->
                    MedtransException.of(
                        ErrorCode.CHECKPOINT_UNREADABLE, "no checkpoint in " + other.root));
    if (list().stream().anyMatch(own -> own.iteration() >= newest.iteration())) {
      return;
    }
    Optional<Checkpoint> best = other.markedBest();
    if (best.isPresent() && best.get().iteration() != newest.iteration()) {
      copy(best.get(), true);
    }
    copy(newest, best.isPresent() && best.get().iteration() == newest.iteration());
  }

  private void copy(Checkpoint checkpoint, boolean best) throws IOException {
    verify(checkpoint.folder());
    save(
        0,
        checkpoint.iteration(),
        checkpoint.progress(),
        best,
        folder -> {
          for (Path file : Manifest.files(checkpoint.folder())) {
            if (!file.endsWith(Manifest.FILE)) {
              Files.copy(file, folder.resolve(file.getFileName()));
            }
          }
        });
  }

  /** The newest checkpoint whose files are all as they were written. */
  public Optional<Checkpoint> latest() throws IOException {
    return list().stream().filter(CheckpointStore::intact).findFirst();
  }

  /** The best checkpoint; empty if none was marked, or if it is damaged. */
  public Optional<Checkpoint> best() throws IOException {
    return markedBest().filter(CheckpointStore::intact);
  }

  /** The checkpoint that was marked as the best, unverified; empty if there is none. */
  public Optional<Checkpoint> markedBest() throws IOException {
    Optional<String> name = bestName();
    return list().stream()
        .filter(c -> name.isPresent() && c.folder().endsWith(name.get()))
        .findFirst();
  }

  /** All checkpoints, newest first; those with an unreadable manifest are left out. */
  public List<Checkpoint> list() throws IOException {
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (Path folder : Disk.startingWith(PREFIX, root)) {
      try {
        Manifest manifest = Manifest.read(folder);
        checkpoints.add(
            new Checkpoint(folder, manifest.attempt(), manifest.iteration(), manifest.progress()));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, () -> "skipping checkpoint " + folder + ": " + e);
      }
    }
    checkpoints.sort(Checkpoint.NEWEST_FIRST);
    return List.copyOf(checkpoints);
  }

  /** Whether {@code folder} is a checkpoint, intact or not. */
  public static boolean isCheckpoint(Path folder) {
    return Files.isRegularFile(folder.resolve(Manifest.FILE));
  }

  /**
   * Checks that the files in {@code folder} are as they were written.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} naming the first that is
   *     missing or not
   */
  public static void verify(Path folder) {
    verify(folder, manifest -> manifest.verify(folder));
  }

  /** The same of one file, for who needs no other. */
  public static void verify(Path folder, String file) {
    verify(folder, manifest -> manifest.verify(folder, file));
  }

  private interface Check {
    void of(Manifest manifest) throws IOException;
  }

  private static void verify(Path folder, Check check) {
    try {
      check.of(Manifest.read(folder));
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_UNREADABLE, "checkpoint " + folder + " is damaged: " + e, e);
    }
  }

  private static boolean intact(Checkpoint checkpoint) {
    try {
      verify(checkpoint.folder());
      return true;
    } catch (MedtransException e) {
      LOG.log(System.Logger.Level.WARNING, e::getMessage);
      return false;
    }
  }

  private Optional<String> bestName() throws IOException {
    Path file = root.resolve(BEST);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Json.read(Files.readString(file), Best.class).checkpoint());
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, () -> file + " is damaged: " + e);
      return Optional.empty();
    }
  }

  /** Also removes what attempts before {@code attempt} left half written or half removed. */
  private void prune(int attempt) throws IOException {
    Optional<String> best = bestName();
    for (Checkpoint old : list().stream().skip(keep).toList()) {
      if (best.isEmpty() || !old.folder().endsWith(best.get())) {
        discard(old.folder());
      }
    }
    for (Path left : Disk.startingWith(DISCARDED, root)) {
      disk.delete(left);
    }
    for (Path left : Disk.startingWith(TEMPORARY + PREFIX, root)) {
      // Names sort by attempt.
      if (left.getFileName().toString().compareTo(TEMPORARY + folderName(attempt, 0)) < 0) {
        disk.delete(left);
      }
    }
  }

  private static String folderName(int attempt, long iteration) {
    return String.format(Locale.ROOT, "%s%05d-iteration-%012d", PREFIX, attempt, iteration);
  }

  /** Lets {@code checkpoint} disappear at once; {@link #prune} takes its files away. */
  private void discard(Path checkpoint) throws IOException {
    if (Files.exists(checkpoint)) {
      disk.rename(checkpoint, discarded(checkpoint));
    }
  }

  private Path discarded(Path checkpoint) {
    return root.resolve(DISCARDED + checkpoint.getFileName());
  }
}
