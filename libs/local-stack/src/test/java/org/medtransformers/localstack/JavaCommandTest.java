package org.medtransformers.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of ours does the same whatever the shell is set to from which it was started. */
class JavaCommandTest {
  @TempDir Path folder;

  /** Says what it sees of files, numbers and libraries. */
  public static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) throws IOException {
      List<String> seen = new ArrayList<>();
      for (File file : Objects.requireNonNull(new File(arguments[0]).listFiles())) {
        seen.add(file.getName() + " " + (file.isFile() && file.canRead()));
      }
      seen.add("%d %.1f".formatted(1234567890, 0.5));
      seen.add(System.getenv("LC_ALL") + " " + System.getenv("PYTORCH_VERSION"));
      System.out.write(String.join("\n", seen).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void namesAndNumbersDoNotDependOnTheLocale() throws Exception {
    // This JVM may itself be one that cannot write such a name.
    run(List.of("sh", "-c", "touch \"$(printf '\\344\\270\\255.png')\""), Map.of());
    Map<String, String> persian =
        Map.of(
            "LC_ALL", "C",
            "LANG", "fa_IR.UTF-8",
            "JAVA_TOOL_OPTIONS", "-Duser.language=fa -Duser.country=IR",
            "PYTORCH_VERSION", "1.13.1");
    List<String> command = new ArrayList<>(List.of(JavaCommand.executable()));
    command.addAll(JavaCommand.arguments(folder));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName(), "."));
    assertEquals("\u4e2d.png true\n1234567890 0.5\nC.UTF-8 null", run(command, persian));
  }

  @Test
  void librariesOfOthersAreForgottenAndTheVersionOfOursIsKept() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "PYTORCH_LIBRARY_PATH", "/opt/other",
                "PYTORCH_FLAVOR", "cu117",
                "PYTORCH_VERSION", "2.7.1",
                "MEDTRANS_TORCH", "/opt/libtorch"));
    JavaCommand.prepare(environment);
    assertEquals(
        Map.of("PYTORCH_VERSION", "2.7.1", "MEDTRANS_TORCH", "/opt/libtorch", "LC_ALL", "C.UTF-8"),
        environment);
    assertTrue(JavaCommand.arguments(folder).contains("-Djna.tmpdir=" + folder + "/jna"));
  }

  private String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    JavaCommand.prepare(builder.environment());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
