package org.medtransformers.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Logs that processes append to by themselves, so that they need nobody to drain a pipe. A log that
 * has grown too long is copied to {@code .1} and emptied; its writer goes on at the beginning.
 */
final class LogFiles {
  private static final long LIMIT_BYTES = 20L << 20;
  private static final int TAIL_LINES = 15;

  private LogFiles() {}

  static void rotate(Path log) {
    try {
      if (Files.exists(log) && Files.size(log) > LIMIT_BYTES) {
        Files.copy(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        FileChannel.open(log, StandardOpenOption.WRITE).truncate(0).close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines, for a message that says why a process ended. */
  static String tail(Path log) {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(cannot read " + log + ": " + e.getMessage() + ")";
    }
  }
}
