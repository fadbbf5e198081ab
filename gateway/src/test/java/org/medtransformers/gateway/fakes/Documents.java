package org.medtransformers.gateway.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.gateway.GatewayTestStack;

/** Experiment documents that differ in what a test is about. */
public final class Documents {
  private Documents() {}

  /**
   * Two backbones, two repetitions, seeds 0 and 1.
   *
   * @param modelName tells {@link FakeWorkers} what to do
   */
  public static ObjectNode comparison(String modelName) {
    ObjectNode document = read();
    Overrides.set(
        document,
        "dataset_params.data_location",
        Json.mapper().getNodeFactory().textNode(GatewayTestStack.DATA.toString()));
    return with(document, "training_params.model_name", modelName);
  }

  /** A single run. */
  public static ObjectNode single(String modelName) {
    ObjectNode document = comparison(modelName);
    document.remove("experiment");
    return document;
  }

  public static ObjectNode with(ObjectNode document, String path, Object value) {
    Overrides.set(document, path, Json.tree(value));
    return document;
  }

  private static ObjectNode read() {
    try (InputStream in = Documents.class.getResourceAsStream("/comparison.json")) {
      return (ObjectNode) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
