package org.medtransformers.cli.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;

class ChangesTest {
  private static final Path HERE = Path.of("/lab/project");

  private static Changes sets(Map<String, String> sets) {
    return new Changes(
        Optional.empty(),
        Optional.empty(),
        sets,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        Optional.empty());
  }

  private static ObjectNode document(String text) {
    return (ObjectNode) Json.parse(text);
  }

  @Test
  void aValueIsJsonWhereItIsJsonAndElseText() {
    assertEquals("0.1", Changes.value("0.1").toString());
    assertEquals("true", Changes.value("true").toString());
    assertEquals("null", Changes.value("null").toString());
    assertEquals("[64,96]", Changes.value("[64, 96]").toString());
    assertEquals("\"AdamW\"", Changes.value("AdamW").toString());
    assertEquals("\"7\"", Changes.value("\"7\"").toString());
    assertEquals("\"0,1\"", Changes.value("0,1").toString());
    assertEquals("\"1 2\"", Changes.value("1 2").toString());
    assertEquals("\"\"", Changes.value("").toString());
  }

  @Test
  void aRelativeLocationInTheFileIsTakenAgainstTheWorkingDirectory() {
    ObjectNode changed =
        sets(Map.of())
            .applyTo(document("{\"dataset_params\":{\"data_location\":\"../data\"}}"), HERE);
    assertEquals("/lab/data", changed.at("/dataset_params/data_location").asText());
  }

  @Test
  void anAugmentationStrategyNamedByAFlagIsReadFromTheWorkingDirectory(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("mine.json"), "{\"transforms\": {}}");
    ObjectNode changed =
        sets(Map.of("medtrans.augmentation", "mine.json")).applyTo(document("{}"), folder);
    assertEquals(document("{\"medtrans\": {\"augmentation\": {\"transforms\": {}}}}"), changed);
  }

  @Test
  void relativePathsAreMadeAbsoluteWhereverTheyStand() {
    ObjectNode given =
        document(
            """
            {"training_params": {"save_dir": "models"}, "medtrans": {"weights_file": "net.pth"},
             "experiment": {"matrix": [[
               {"label": "a", "set": {"dataset_params.data_location": "../a",
                                      "training_params.save_dir": "m"}},
               {"label": "b", "set": {"dataset_params": {"data_location": "b"}}}]]}}
            """);
    ObjectNode changed = sets(Map.of()).applyTo(given, HERE);
    JsonNode axis = changed.at("/experiment/matrix/0");
    assertEquals("/lab/project/models", changed.at("/training_params/save_dir").asText());
    assertEquals("/lab/project/net.pth", changed.at("/medtrans/weights_file").asText());
    assertEquals("/lab/a", axis.at("/0/set/dataset_params.data_location").asText());
    assertEquals("/lab/project/m", axis.at("/0/set/training_params.save_dir").asText());
    assertEquals("/lab/project/b", axis.at("/1/set/dataset_params/data_location").asText());
  }

  @Test
  void anAbsoluteLocationAndAMissingOneStayAsTheyAre() {
    ObjectNode absolute = document("{\"dataset_params\":{\"data_location\":\"/images\"}}");
    assertEquals(absolute, sets(Map.of()).applyTo(absolute, HERE));
    ObjectNode missing = document("{\"dataset_params\":{\"dataset\":\"DDSM\"}}");
    assertEquals(missing, sets(Map.of()).applyTo(missing, HERE));
  }

  @Test
  void theDocumentThatWasGivenIsNotChanged() {
    ObjectNode given = document("{\"training_params\":{\"epochs\":1}}");
    ObjectNode changed = sets(Map.of("training_params.epochs", "2")).applyTo(given, HERE);
    assertEquals(1, given.at("/training_params/epochs").asInt());
    assertEquals(2, changed.at("/training_params/epochs").asInt());
  }
}
