package org.medtransformers.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Pythons of this machine that have PyTorch, to compare with. */
public final class Python {
  /** By command and modules: importing PyTorch to see whether one can takes seconds. */
  private static final Map<List<String>, Boolean> IMPORTS = new ConcurrentHashMap<>();

  private Python() {}

  /** Their commands; empty on a machine without PyTorch. */
  public static List<String> withTorch() {
    return importing("torch");
  }

  /** Those that can import {@code modules}. */
  public static List<String> importing(String modules) {
    return Stream.of("python3", "/usr/bin/python3")
        .filter(p -> IMPORTS.computeIfAbsent(List.of(p, modules), k -> imports(p, modules)))
        .toList();
  }

  /** Runs {@code script} to its end; a failure of it fails the test. */
  public static void run(String python, String... script) throws IOException {
    List<String> command = new ArrayList<>(List.of(python));
    command.addAll(List.of(script));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, exit(process), output);
  }

  private static boolean imports(String python, String modules) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import " + modules).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return exit(process) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int exit(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
