package org.medtransformers.localstack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How other JVMs are started: with the Java that runs this one, and so that nothing that they read,
 * write or load depends on whoever has started this one. File names are UTF-8 and digits are 0 to 9
 * in every locale; native libraries are unpacked below {@code MEDTRANS_HOME}, as a folder for
 * temporary files may be mounted {@code noexec}; the libtorch is that of {@code MEDTRANS_TORCH}.
 */
final class JavaCommand {
  private static final List<String> UNIFORM =
      List.of(
          "-Dfile.encoding=UTF-8",
          "-Dsun.jnu.encoding=UTF-8",
          "-Duser.language=en",
          "-Duser.country=US");

  /** What DJL reads, and people set for PyTorch programs of their own. */
  private static final Set<String> OF_DJL =
      Set.of("PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR", "PYTORCH_PRECXX11");

  private static final String VERSION_OF_DJL = "PYTORCH_VERSION";
  private static final String TORCH = "MEDTRANS_TORCH";

  private JavaCommand() {}

  static String executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Arguments of every JVM.
   *
   * @param home {@code MEDTRANS_HOME}
   */
  static List<String> arguments(Path home) {
    List<String> arguments = new ArrayList<>(UNIFORM);
    arguments.add("-Djna.tmpdir=" + home.resolve("jna"));
    return arguments;
  }

  /** Makes the environment that a process inherits fit for any of ours. */
  static void prepare(Map<String, String> environment) {
    // Before LANG and all other LC_: JVMs, PostgreSQL and the C library's messages go by it.
    environment.put("LC_ALL", "C.UTF-8");
    environment.keySet().removeAll(OF_DJL);
    if (!environment.getOrDefault(TORCH, "").contains("/")) {
      // Beside a folder it says which version that is.
      environment.remove(VERSION_OF_DJL);
    }
  }
}
