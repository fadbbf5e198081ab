package org.medtransformers.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** The parameters that a checkpoint was trained with. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * A path into a run's folder means that run; all else is a name, whatever the working directory
   * holds under it.
   *
   * @param runs folder with one folder per run
   */
  public static String name(String given, Path workingDirectory, Path runs) {
    if (!given.contains(File.separator)) {
      return given;
    }
    Path path = real(workingDirectory.resolve(given));
    Path parent = real(runs);
    if (path.startsWith(parent) && !path.equals(parent)) {
      return parent.relativize(path).getName(0).toString();
    }
    if (!Files.exists(path)) {
      return given;
    }
    throw MedtransException.of(
        ErrorCode.NOT_BUILT_YET,
        "--checkpoint %s: only checkpoints in a run's own folder (%s/<id>) can be used; other files"
                .formatted(given, runs)
            + " are not built yet");
  }

  /** Without links as far as {@code path} exists. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /**
   * A document that repeats run {@code name}, an id or a model name: its resolved file, its seed.
   */
  public static ObjectNode parameters(GatewayClient gateway, String name) {
    JsonNode run = gateway.run(name);
    if (run.path("config") instanceof ObjectNode parameters) {
      parameters.putObject("experiment").put("seed", run.at("/run/seed").asLong());
      return parameters;
    }
    throw MedtransException.of(ErrorCode.INTERNAL, "run " + name + " came without its parameters");
  }
}
