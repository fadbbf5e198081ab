package org.medtransformers.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Resident memory as Linux counts it. Pages that several processes share, as PostgreSQL's do, count
 * once (PSS).
 */
public final class Memory {
  private static final long KIB = 1024;

  private Memory() {}

  /** Bytes of {@code process} with its descendants; empty where the system does not tell. */
  public static OptionalLong ofTree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .flatMapToLong(p -> of(p).stream())
        .reduce(Long::sum);
  }

  /** Bytes of {@code process} alone; empty where the system does not tell. */
  public static OptionalLong of(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }
}
