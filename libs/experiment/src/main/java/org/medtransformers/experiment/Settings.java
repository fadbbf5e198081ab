package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The places of an experiment document that set values of its run part. */
public final class Settings {
  private static final String SET = "set";

  private Settings() {}

  /** What the entries of the matrix and the phases, of the experiment or of an entry, set. */
  public static Stream<JsonNode> of(JsonNode document) {
    JsonNode experiment = document.path("experiment");
    Stream<JsonNode> entries = elements(experiment.path("matrix")).flatMap(Settings::elements);
    return Stream.concat(
        phases(experiment),
        entries.flatMap(entry -> Stream.concat(Stream.of(entry.path(SET)), phases(entry))));
  }

  private static Stream<JsonNode> phases(JsonNode node) {
    return elements(node.path("phases")).map(phase -> phase.path(SET));
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
