package org.medtransformers.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Processes that outlived a killed supervisor. Every program of a stack carries a mark with the
 * stack's folder on its command line, so they are found even if nobody lived to write their numbers
 * down, and no other process can be meant.
 */
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Leftovers() {}

  /** The JVM argument that marks a process of the stack in {@code home}. */
  static String mark(Path home) {
    return "-Dmedtrans.stack=" + home.toAbsolutePath();
  }

  /** Stops all that is left of the stack in {@code home}, the database too. */
  static void stop(Path home) {
    List<ProcessHandle> left = find(home);
    left.forEach(ProcessHandle::destroy);
    left.forEach(process -> Processes.stop(process, PATIENCE));
    StackFiles files = StackFiles.of(home);
    LocalDatabase.durable(files.database(), 0, files.log("postgres")).stop();
  }

  static List<ProcessHandle> find(Path home) {
    Predicate<String> marked = mark(home)::equals;
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                Arrays.stream(process.info().arguments().orElse(new String[0])).anyMatch(marked))
        .toList();
  }
}
