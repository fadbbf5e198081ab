package org.medtransformers.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.event.TrainingEvent;

/** Training requests: a small transformer, four epochs of three iterations. */
final class Runs {
  private Runs() {}

  static TrainingEvent.Requested request(String runId, PreparedDataset dataset) {
    return request(runId, dataset, document -> {});
  }

  static TrainingEvent.Requested request(
      String runId, PreparedDataset dataset, Consumer<ObjectNode> changes) {
    ObjectNode document = document();
    changes.accept(document);
    RunConfig config = Json.convert(document, RunConfig.class);
    return new TrainingEvent.Requested(
        runId, 5, config, dataset, "sha of " + runId, null, "runs", null);
  }

  private static ObjectNode document() {
    try (InputStream in = Runs.class.getResourceAsStream("/run.json")) {
      return (ObjectNode) Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
