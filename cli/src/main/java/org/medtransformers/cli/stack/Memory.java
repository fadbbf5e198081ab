package org.medtransformers.cli.stack;

import java.io.IOException;
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

  /** Bytes of {@code process} and its descendants; empty where the system does not tell. */
  public static OptionalLong resident(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .flatMapToLong(p -> resident(p.pid()).stream())
        .reduce(Long::sum);
  }

  private static OptionalLong resident(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
