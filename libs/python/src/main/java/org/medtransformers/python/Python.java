package org.medtransformers.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A Python of this machine. */
public record Python(String command) {
  /** The system property that names one, which must then have every package. */
  public static final String PROPERTY = "medtrans.python";

  /** By command and packages: importing PyTorch to see whether one can takes seconds. */
  private static final Map<List<String>, Boolean> IMPORTS = new ConcurrentHashMap<>();

  private static final List<String> OF_THE_SYSTEM = List.of("python3", "/usr/bin/python3");

  /**
   * One that can import {@code packages}; without any, the test is skipped.
   *
   * @param packages separated by commas; none for any Python
   */
  public static Python with(String packages) {
    return allWith(packages).get(0);
  }

  /** All that can import {@code packages}, the named one first; the same as for {@link #with}. */
  public static List<Python> allWith(String packages) {
    List<String> found =
        new ArrayList<>(OF_THE_SYSTEM.stream().filter(c -> imports(c, packages)).toList());
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty()) {
      Assertions.assertTrue(imports(named, packages), () -> named + " cannot import " + packages);
      found.add(0, named);
    }
    Assumptions.assumeFalse(
        found.isEmpty(),
        () -> "no Python with [%s] is here, -D%s names none".formatted(packages, PROPERTY));
    return found.stream().map(Python::new).toList();
  }

  /**
   * What a program writes to its standard output. One that fails fails the test, with what it wrote
   * to its standard error.
   */
  public String run(String... script) throws IOException {
    Path errors = Files.createTempFile("python", ".err");
    try {
      Process process = start(command, errors, script);
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exit = process.onExit().join().exitValue();
      Assertions.assertEquals(0, exit, output + Files.readString(errors));
      return output;
    } finally {
      Files.delete(errors);
    }
  }

  private static Process start(String command, Path errors, String... script) throws IOException {
    List<String> line = Stream.concat(Stream.of(command), Stream.of(script)).toList();
    return new ProcessBuilder(line).redirectError(Redirect.to(errors.toFile())).start();
  }

  private static boolean imports(String command, String packages) {
    return IMPORTS.computeIfAbsent(List.of(command, packages), k -> tryImport(command, packages));
  }

  private static boolean tryImport(String command, String packages) {
    String line = packages.isEmpty() ? "pass" : "import " + packages;
    try {
      ProcessBuilder python =
          new ProcessBuilder(command, "-c", line)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD);
      return python.start().onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return command;
  }
}
