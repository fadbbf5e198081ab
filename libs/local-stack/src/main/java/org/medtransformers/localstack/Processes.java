package org.medtransformers.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What {@link ProcessHandle} leaves out. */
final class Processes {
  private static final Duration POLL_EVERY = Duration.ofMillis(20);

  private Processes() {}

  /**
   * Whether the process runs. One that has ended but that nobody has waited for, as may stay for
   * ever in a container without an init process, counts as ended; it has no command line any more.
   */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }

  /** Sends a signal by name, e.g. {@code INT}. */
  static void signal(ProcessHandle process, String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the process ended within {@code patience}. */
  static boolean awaitExit(ProcessHandle process, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (runs(process) && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(POLL_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !runs(process);
  }

  /**
   * Asks the process to end (SIGTERM), and ends it if it does not do so within {@code patience}.
   */
  static void stop(ProcessHandle process, Duration patience) {
    process.destroy();
    if (!awaitExit(process, patience)) {
      process.destroyForcibly();
      awaitExit(process, patience);
    }
  }
}
