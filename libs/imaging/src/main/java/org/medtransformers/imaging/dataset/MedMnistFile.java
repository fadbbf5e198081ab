package org.medtransformers.imaging.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.TargetMetric;

/**
 * A published file of MedMNIST (Yang et al. 2023), as {@code medmnist.json} lists them.
 *
 * @param md5 of the file
 */
record MedMnistFile(URI url, String md5, List<String> classes, TargetMetric metric) {
  private static final String SIDE_OF_PLAIN_FILES = "28";

  private static final JsonNode CATALOGUE = read();

  /**
   * @param name such as {@code pathmnist.npz} or {@code pathmnist_64.npz}
   */
  static Optional<MedMnistFile> of(String name) {
    String[] parts = name.replaceFirst("\\.npz$", "").split("_", 2);
    JsonNode set = CATALOGUE.path("sets").path(parts[0]);
    boolean plain = parts.length == 1;
    String md5 = set.path("md5").path(plain ? SIDE_OF_PLAIN_FILES : parts[1]).asText();
    if (md5.isEmpty() || (!plain && parts[1].equals(SIDE_OF_PLAIN_FILES))) {
      return Optional.empty();
    }
    List<String> classes = new ArrayList<>();
    set.path("classes").forEach(c -> classes.add(c.asText()));
    return Optional.of(
        new MedMnistFile(
            URI.create(CATALOGUE.path("source").asText() + name + "?download=1"),
            md5,
            List.copyOf(classes),
            metric(set.path("task").asText())));
  }

  /** An order of classes is judged by how far off an answer is. */
  private static TargetMetric metric(String task) {
    return switch (task) {
      case "ordinal-regression" -> TargetMetric.COHEN_KAPPA;
      case "multi-class" -> TargetMetric.RECALL;
      default -> TargetMetric.ROC_AUC;
    };
  }

  /** Names of the sets that are published. */
  static List<String> sets() {
    List<String> names = new ArrayList<>();
    CATALOGUE.path("sets").fieldNames().forEachRemaining(names::add);
    return names.stream().sorted().toList();
  }

  private static JsonNode read() {
    try (InputStream in = MedMnistFile.class.getResourceAsStream("medmnist.json")) {
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
