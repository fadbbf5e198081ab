package org.medtransformers.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;

/**
 * What of a run's checkpoints only its own training could go on with: all files but the weights of
 * its best models, which lose nothing but the optimizer's state and the like that lie beside them.
 * Their manifests stay as they are, so that their weights can be verified, and a checkpoint that is
 * not whole is never gone on from.
 *
 * @param checkpoints folder of the run's checkpoints
 * @param last name of the newest checkpoint that there has ever been; null where there is none
 * @param folders that go wholly
 * @param files that go from folders that stay
 * @param bytes in all of them
 */
public record SpentCheckpoints(
    Path checkpoints, String last, List<Path> folders, List<Path> files, long bytes) {
  /** Beginning of a checkpoint's name; names sort by attempt, then by iteration. */
  public static final String PREFIX = "attempt-";

  /** Beginning of the name that a checkpoint has while it is removed, so that it never counts. */
  public static final String DISCARDED = ".discarded-";

  /** What a checkpoint's files are, and their checksums. */
  public static final String MANIFEST = "manifest.json";

  private static final Set<String> MARKS = Set.of(BestCheckpoints.FILE, Last.FILE);
  private static final Set<String> KEPT = Set.of(RunManifest.WEIGHTS, MANIFEST);

  /** Which checkpoint was the newest when others were removed. */
  private record Last(String checkpoint) {
    static final String FILE = "last.json";
  }

  /**
   * What there is in {@code checkpoints}, which may be missing.
   *
   * @param model name of the checkpoint with the run's model; null where it has none, then the best
   *     ones count, and without any the newest
   */
  public static SpentCheckpoints of(Path checkpoints, String model) throws IOException {
    List<Path> entries = Disk.startingWith("", checkpoints);
    List<Path> whole = entries.stream().filter(SpentCheckpoints::isCheckpoint).toList();
    Optional<String> newest =
        Stream.concat(whole.stream().map(SpentCheckpoints::name), last(checkpoints).stream())
            .max(Comparator.naturalOrder());
    Set<String> kept = kept(checkpoints, model, whole);
    List<Path> folders = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (Path entry : entries) {
      if (kept.contains(name(entry))) {
        beside(entry).forEach(files::add);
      } else if (Files.isDirectory(entry)) {
        folders.add(entry);
      } else if (!MARKS.contains(name(entry))) {
        files.add(entry);
      }
    }
    long bytes = 0;
    for (Path path : Stream.concat(folders.stream(), files.stream()).toList()) {
      bytes += FolderSize.of(path);
    }
    return new SpentCheckpoints(
        checkpoints, newest.orElse(null), List.copyOf(folders), List.copyOf(files), bytes);
  }

  private static Set<String> kept(Path checkpoints, String model, List<Path> whole)
      throws IOException {
    Set<String> kept = new HashSet<>(BestCheckpoints.read(checkpoints).names());
    Optional.ofNullable(model).ifPresent(kept::add);
    if (kept.isEmpty()) {
      whole.stream()
          .map(SpentCheckpoints::name)
          .max(Comparator.naturalOrder())
          .ifPresent(kept::add);
    }
    return kept;
  }

  private static List<Path> beside(Path checkpoint) throws IOException {
    return Disk.startingWith("", checkpoint).stream()
        .filter(file -> !KEPT.contains(name(file)))
        .toList();
  }

  private static boolean isCheckpoint(Path entry) {
    return name(entry).startsWith(PREFIX) && Files.isDirectory(entry);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /**
   * The name of the newest checkpoint that there was in {@code checkpoints} when others were
   * removed; empty where none were.
   */
  public static Optional<String> last(Path checkpoints) throws IOException {
    try {
      String text = Files.readString(checkpoints.resolve(Last.FILE));
      return Optional.of(Json.read(text, Last.class).checkpoint());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Whether there is nothing to remove. */
  public boolean isEmpty() {
    return folders.isEmpty() && files.isEmpty();
  }

  /** Removes it. May be broken off at any step, and done again. */
  public void remove(Disk disk) throws IOException {
    if (isEmpty()) {
      return;
    }
    if (last != null) {
      Path draft = checkpoints.resolve(".writing-" + Last.FILE);
      disk.write(draft, Json.write(new Last(last)));
      disk.sync(draft);
      disk.rename(draft, checkpoints.resolve(Last.FILE));
      disk.sync(checkpoints);
    }
    for (Path folder : folders) {
      disk.delete(isCheckpoint(folder) ? discarded(disk, folder) : folder);
    }
    for (Path file : files) {
      disk.remove(file);
    }
  }

  private Path discarded(Disk disk, Path checkpoint) throws IOException {
    Path aside = checkpoints.resolve(DISCARDED + name(checkpoint));
    disk.delete(aside);
    disk.rename(checkpoint, aside);
    return aside;
  }
}
