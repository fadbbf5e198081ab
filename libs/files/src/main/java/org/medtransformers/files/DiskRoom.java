package org.medtransformers.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How much room there is where files are to be written. What cannot be measured, such as a quota,
 * lacks nothing here: it shows when somebody writes, see {@link DiskErrors#isFull}.
 */
public final class DiskRoom {
  private static final long MEBIBYTE = 1L << 20;

  private final List<Path> folders;
  private final Measure measure;

  /** Says how many bytes may still be written into the file system of a folder that exists. */
  @FunctionalInterface
  public interface Measure {
    long usable(Path folder) throws IOException;
  }

  /**
   * @param folders each may be a file system of its own, and need not exist yet
   */
  public DiskRoom(List<Path> folders) {
    this(folders, folder -> Files.getFileStore(folder).getUsableSpace());
  }

  /** The same, measured in another way. */
  public DiskRoom(List<Path> folders, Measure measure) {
    this.folders = List.copyOf(folders);
    this.measure = measure;
  }

  /** The same of {@code folder} alone. */
  public DiskRoom at(Path folder) {
    return new DiskRoom(List.of(folder), measure);
  }

  /**
   * What a person has to know where one of the folders has less than {@code bytes} left; empty
   * where all have as much.
   */
  public Optional<String> lacking(long bytes) {
    return folders.stream().flatMap(folder -> lacking(folder, bytes).stream()).findFirst();
  }

  private Optional<String> lacking(Path folder, long bytes) {
    try {
      long usable = measure.usable(Disk.present(folder));
      return usable >= bytes
          ? Optional.empty()
          : Optional.of(
              "%d MiB free below %s, %d MiB needed"
                  .formatted(usable / MEBIBYTE, folder, (bytes + MEBIBYTE - 1) / MEBIBYTE));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
