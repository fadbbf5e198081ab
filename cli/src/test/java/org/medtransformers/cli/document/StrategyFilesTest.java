package org.medtransformers.cli.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;

class StrategyFilesTest {
  private static final String STRATEGY = "{\"transforms\":{}}";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("strategies"));
    Files.writeString(folder.resolve("strategies/mine.json"), STRATEGY);
  }

  private Path experiment(String text) throws IOException {
    return Files.writeString(folder.resolve("experiment.json"), text);
  }

  @Test
  void aFileNamedInADocumentIsLookedForBesideIt() throws IOException {
    Path file =
        experiment(
            """
            {"medtrans": {"augmentation": "strategies/mine.json"},
             "experiment": {"matrix": [[
               {"label": "a", "set": {"medtrans.augmentation": "strategies/mine.json"}},
               {"label": "b", "set": {"medtrans": {"augmentation": "strategies/mine.json"}}},
               {"label": "c", "set": {"medtrans.augmentation": "byol"}}]]}}
            """);
    ObjectNode document = StrategyFiles.whole(file);
    ObjectNode strategy = (ObjectNode) Json.parse(STRATEGY);
    assertEquals(strategy, document.at("/medtrans/augmentation"));
    assertEquals(strategy, document.at("/experiment/matrix/0/0/set").path("medtrans.augmentation"));
    assertEquals(strategy, document.at("/experiment/matrix/0/1/set/medtrans/augmentation"));
    assertEquals(
        "byol",
        document.at("/experiment/matrix/0/2/set").path("medtrans.augmentation").textValue());
  }

  @Test
  void namesOfBuiltInStrategiesStay() throws IOException {
    Path file = experiment("{\"medtrans\": {\"augmentation\": \"dino\"}}");
    assertEquals("dino", StrategyFiles.whole(file).at("/medtrans/augmentation").textValue());
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    Path file = experiment("{\"medtrans\": {\"augmentation\": \"dyno\"}}");
    MedtransException e = assertThrows(MedtransException.class, () -> StrategyFiles.whole(file));
    assertTrue(
        e.getMessage().contains(folder.resolve("dyno") + ": there is no such file"),
        e.getMessage());
  }
}
