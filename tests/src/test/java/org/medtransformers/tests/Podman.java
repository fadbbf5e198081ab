package org.medtransformers.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Containers by the {@code podman} command, as root, with as few rights as a cluster gives them.
 */
final class Podman implements AutoCloseable {
  /** What a machine without CAP_SYS_RESOURCE and with hybrid cgroups needs; elsewhere no harm. */
  private static final String CONFIGURATION =
      """
      [containers]
      default_ulimits=["nofile=4096:4096","nproc=4096:4096"]
      [engine]
      runtime="runc"
      cgroup_manager="cgroupfs"
      """;

  private final Path configuration;
  private final String prefix = "medtrans-" + ProcessHandle.current().pid() + "-";
  private final List<String> started = new ArrayList<>();

  Podman(Path folder) throws IOException {
    this.configuration = folder.resolve("containers.conf");
    Files.writeString(configuration, CONFIGURATION);
  }

  /** How a command ended, and what it printed. */
  record Result(int status, String output) {
    Result succeeded() {
      assertEquals(0, status, output);
      return this;
    }
  }

  /** Runs {@code podman} with {@code arguments}. */
  Result call(String... arguments) {
    List<String> command = new ArrayList<>(List.of("podman"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CONTAINERS_CONF", configuration.toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Arguments of {@code podman run}: restricted, and on the host's network. */
  static List<String> restricted(String memory, Path home, Path data) {
    return List.of(
        "--network=host",
        "--read-only",
        "--read-only-tmpfs=false",
        "--tmpfs=/tmp:rw,exec,nosuid,nodev,size=256m",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--memory=" + memory,
        "--volume=" + home + ":/var/lib/medtrans",
        "--volume=" + data + ":/data:ro");
  }

  /** Starts a container in the background; gives its name. */
  String start(String name, String image, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of("run", "--detach", "--name=" + prefix + name));
    command.addAll(arguments);
    environment.forEach((key, value) -> command.add("--env=" + key + "=" + value));
    command.add(image);
    call(command.toArray(String[]::new)).succeeded();
    started.add(prefix + name);
    return prefix + name;
  }

  String logs(String container) {
    return call("logs", container).output();
  }

  /** Waits for the end of {@code container}; gives its exit code. */
  int exitCode(String container) {
    return Integer.parseInt(call("wait", container).succeeded().output().strip());
  }

  @Override
  public void close() {
    for (String container : started) {
      call("rm", "--force", "--time=1", container);
    }
  }
}
