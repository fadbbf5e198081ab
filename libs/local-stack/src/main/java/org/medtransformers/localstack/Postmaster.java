package org.medtransformers.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The PostgreSQL process that runs on a data folder, whoever started it. */
record Postmaster(ProcessHandle process, Path data) {
  private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(20);

  /**
   * The server that holds {@code data}. A {@code postmaster.pid} whose process is gone, or is
   * another program by now, is what a killed server leaves behind: it is removed, since the server
   * would refuse to start when the number has been given to somebody else.
   */
  static Optional<Postmaster> on(Path data) {
    Path pidFile = data.resolve("postmaster.pid");
    try {
      if (Files.notExists(pidFile)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(pidFile);
      Optional<Postmaster> running =
          ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
              .filter(process -> isServerOf(process, data))
              .map(process -> new Postmaster(process, data));
      if (running.isEmpty()) {
        Files.deleteIfExists(pidFile);
      }
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isServerOf(ProcessHandle process, Path data) {
    String commandLine = process.info().commandLine().orElse("");
    return commandLine.contains("postgres") && commandLine.contains(data.toString());
  }

  boolean runs() {
    return Processes.runs(process);
  }

  /** Ends connections and stops (SIGINT, "fast shutdown"); kills the server if it does not. */
  void stop() {
    Processes.signal(process, "INT");
    if (!Processes.awaitExit(process, FAST_SHUTDOWN)) {
      process.destroyForcibly();
      Processes.awaitExit(process, FAST_SHUTDOWN);
    }
  }
}
