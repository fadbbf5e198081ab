package org.medtransformers.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** The parameters that a checkpoint was trained with. */
public final class Checkpoints {
  private Checkpoints() {}

  /** A path into a run's folder, {@code …/runs/<id>/…}, means that run; all else is a name. */
  public static String name(String given, Path workingDirectory) {
    Path path = workingDirectory.resolve(given).normalize();
    if (!Files.exists(path)) {
      return given;
    }
    return runOf(path)
        .orElseThrow(
            () ->
                MedtransException.of(
                    ErrorCode.NOT_BUILT_YET,
                    "--checkpoint "
                        + given
                        + ": only checkpoints in a run's own folder (runs/<id>) can be used; other"
                        + " files are not built yet"));
  }

  private static Optional<String> runOf(Path path) {
    for (Path step = path; step.getParent() != null; step = step.getParent()) {
      Path folder = step.getParent().getFileName();
      if (folder != null && folder.toString().equals("runs")) {
        return Optional.of(step.getFileName().toString());
      }
    }
    return Optional.empty();
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
