package org.medtransformers.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.RunManifest;

/** What {@code --checkpoint} names, and the parameters that it was trained with. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * As the gateway takes it: the path of a run's folder means that run, another path is made
   * absolute; all else is a name, whatever the working directory holds under it.
   *
   * @param runs folder with one folder per run
   */
  public static String name(String given, Path workingDirectory, Path runs) {
    if (!isPath(given)) {
      return given;
    }
    Path path = real(workingDirectory.resolve(given));
    return real(runs).equals(path.getParent()) ? path.getFileName().toString() : path.toString();
  }

  /** Whether {@code name} is a path rather than the name of a run or model. */
  public static boolean isPath(String name) {
    return name.contains(File.separator);
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
   * A document that repeats the run that trained {@code name}, an id, a model name or a path: its
   * resolved file, its seed. Of a path {@code run.json} tells, beside it or in the run's folder
   * above.
   */
  public static ObjectNode parameters(GatewayClient gateway, String name) {
    if (isPath(name)) {
      RunManifest run =
          RunManifest.near(Path.of(name))
              .orElseThrow(
                  () ->
                      MedtransException.of(
                          ErrorCode.NOT_FOUND,
                          "--checkpoint %s: there is no %s beside it or in the run's folder above; give the experiment FILE too"
                              .formatted(name, RunManifest.FILE)));
      return repeating(Json.tree(run.config()), run.seed());
    }
    JsonNode run = gateway.run(name);
    if (run.path("config") instanceof ObjectNode) {
      return repeating(run.path("config"), run.at("/run/seed").asLong());
    }
    throw MedtransException.of(ErrorCode.INTERNAL, "run " + name + " came without its parameters");
  }

  private static ObjectNode repeating(JsonNode config, long seed) {
    ObjectNode document = (ObjectNode) config;
    document.putObject("experiment").put("seed", seed);
    return document;
  }
}
