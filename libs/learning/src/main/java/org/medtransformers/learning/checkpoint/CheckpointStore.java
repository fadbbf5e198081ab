package org.medtransformers.learning.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.BestCheckpoints;
import org.medtransformers.files.Disk;
import org.medtransformers.files.SpentCheckpoints;

/**
 * The checkpoints of one run: folders that appear whole or not at all. Each is written under a
 * temporary name, flushed to the disk and renamed; reading verifies every file and falls back to
 * the checkpoint before when one is damaged.
 */
public final class CheckpointStore {
  private static final System.Logger LOG = System.getLogger(CheckpointStore.class.getName());
  private static final String PREFIX = SpentCheckpoints.PREFIX;
  private static final String TEMPORARY = ".writing-";
  private static final String DISCARDED = SpentCheckpoints.DISCARDED;
  private static final String BEST = BestCheckpoints.FILE;

  private final Path root;
  private final int keep;
  private final Disk disk;

  /** Writes what a checkpoint consists of into an empty folder. */
  @FunctionalInterface
  public interface Content {
    void write(Path folder) throws IOException;
  }

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
    return publish(
        write(attempt, iteration, progress, content), best ? List.of(iteration) : List.of());
  }

  /**
   * The slow half of saving, which any thread may do: writes and flushes all files, aside. What is
   * never published is removed by a later attempt; nothing is left if it fails.
   */
  public Draft write(int attempt, long iteration, JsonNode progress, Content content)
      throws IOException {
    String name = folderName(attempt, iteration);
    Path temporary = root.resolve(TEMPORARY + name);
    disk.createFolder(root);
    disk.delete(temporary);
    try {
      disk.createFolder(temporary);
      content.write(temporary);
      Manifest manifest = Manifest.of(temporary, attempt, iteration, progress);
      disk.write(temporary.resolve(Manifest.FILE), Json.pretty(manifest));
      disk.flush(temporary);
    } catch (IOException e) {
      // The disk may be full: what is of no use must not keep it so.
      disk.delete(temporary);
      throw e;
    }
    return new Draft(temporary, new Checkpoint(root.resolve(name), attempt, iteration, progress));
  }

  /**
   * The quick half, for a caller who must be sure at this moment that the run is still its own:
   * lets {@code draft} appear, then removes what is no longer needed. May be done again.
   *
   * @param best iterations of the best models so far, the best first; those that are there are kept
   *     until others take their places. Without {@code draft}'s among them, nothing changes
   */
  public Checkpoint publish(Draft draft, List<Long> best) throws IOException {
    Checkpoint checkpoint = draft.checkpoint();
    if (!Files.exists(checkpoint.folder()) || Files.exists(draft.folder())) {
      disk.publish(draft.folder(), checkpoint.folder(), discarded(checkpoint.folder()));
    }
    if (best.contains(checkpoint.iteration())) {
      markBest(best);
    }
    prune(checkpoint.attempt());
    return checkpoint;
  }

  /**
   * Notes which are the best so far, to be kept until others take their places.
   *
   * @param iterations the best first; what is not there is passed over
   */
  public void markBest(List<Long> iterations) throws IOException {
    List<Checkpoint> all = list();
    List<String> names =
        iterations.stream()
            .flatMap(i -> all.stream().filter(c -> c.iteration() == i).limit(1))
            .map(c -> c.folder().getFileName().toString())
            .toList();
    if (names.isEmpty()) {
      return;
    }
    Path temporary = root.resolve(TEMPORARY + BEST);
    disk.write(
        temporary, Json.write(new BestCheckpoints(names.get(0), names.subList(1, names.size()))));
    disk.sync(temporary);
    disk.rename(temporary, root.resolve(BEST));
    disk.sync(root);
  }

  /**
   * Copies the newest and the best checkpoints of another run, as if an attempt before the first
   * had written them. Does nothing where this run can go on from there, or from further, already,
   * so it may be broken off and done again.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if one of them is missing or
   *     damaged
   */
  public void adopt(CheckpointStore other) throws IOException {
    Checkpoint newest =
        other
            .last()
            .orElseThrow(
                () ->
                    MedtransException.of(
                        ErrorCode.CHECKPOINT_UNREADABLE, "no last checkpoint in " + other.root));
    if (latest().filter(own -> own.iteration() >= newest.iteration()).isPresent()) {
      return;
    }
    // Of a run that was over for long weights alone are left, which must not pass for the newest.
    for (Checkpoint left : list()) {
      if (left.attempt() > 0) {
        discard(left.folder());
      }
    }
    List<Checkpoint> best = other.allMarkedBest();
    List<Long> iterations = best.stream().map(Checkpoint::iteration).toList();
    for (Checkpoint checkpoint : best) {
      if (checkpoint.iteration() != newest.iteration()) {
        copy(checkpoint, iterations);
      }
    }
    copy(newest, iterations);
  }

  private void copy(Checkpoint checkpoint, List<Long> best) throws IOException {
    verify(checkpoint.folder());
    Content files =
        folder -> {
          for (Path file : Manifest.files(checkpoint.folder())) {
            if (!file.endsWith(Manifest.FILE)) {
              Files.copy(file, folder.resolve(file.getFileName()));
            }
          }
        };
    publish(write(0, checkpoint.iteration(), checkpoint.progress(), files), best);
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
    String name = BestCheckpoints.read(root).checkpoint();
    return list().stream().filter(c -> name != null && c.folder().endsWith(name)).findFirst();
  }

  /** The same of all that were marked, the best first. */
  public List<Checkpoint> allMarkedBest() throws IOException {
    List<Checkpoint> all = list();
    return BestCheckpoints.read(root).names().stream()
        .flatMap(name -> all.stream().filter(c -> c.folder().endsWith(name)))
        .toList();
  }

  /**
   * The newest checkpoint that the training has got to, unverified; empty if there is none, or if
   * it was removed after the run's end.
   */
  public Optional<Checkpoint> last() throws IOException {
    Optional<String> last = SpentCheckpoints.last(root);
    return list().stream()
        .findFirst()
        .filter(
            c -> last.isEmpty() || c.folder().getFileName().toString().compareTo(last.get()) >= 0);
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
          ErrorCode.CHECKPOINT_UNREADABLE,
          "checkpoint " + folder + " is damaged or not whole: " + e,
          e);
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

  /** Also removes what attempts before {@code attempt} left half written or half removed. */
  private void prune(int attempt) throws IOException {
    List<String> best = BestCheckpoints.read(root).names();
    for (Checkpoint old : list().stream().skip(keep).toList()) {
      if (best.stream().noneMatch(old.folder()::endsWith)) {
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
