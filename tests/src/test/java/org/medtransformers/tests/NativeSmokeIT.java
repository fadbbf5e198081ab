package org.medtransformers.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;

/**
 * The least that shows every service at work: events in and out of each, JPEGs decoded, tensors, a
 * few training steps, an evaluation. Services whose native images are named by {@code
 * -Dmedtrans.binary.SERVICE=PATH} run as those, the others on the JVM.
 */
class NativeSmokeIT {
  private static final int IMAGES = 24;
  private static final int SIDE = 40;
  private static final Path ROOT = Path.of("target", "smoke").toAbsolutePath();
  private static Suite suite;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(ROOT);
    for (int i = 0; i < IMAGES; i++) {
      Path folder = ROOT.resolve("data/ImageFolder").resolve(i % 2 == 0 ? "dark" : "light");
      Files.createDirectories(folder);
      ImageIO.write(image(i), "jpeg", folder.resolve(i + ".jpg").toFile());
    }
    suite = Suite.start(Files.createTempDirectory(ROOT, "home"), ROOT.resolve("data"));
  }

  /** No two are alike, and half of them are light. */
  private static BufferedImage image(int number) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, (x * (number + 1) % 64 + number % 2 * 160) * 0x010101 + y);
      }
    }
    return image;
  }

  @AfterAll
  static void stop() {
    if (suite != null) {
      suite.close();
    }
  }

  @Test
  void aTinyExperimentOnJpegsGoesThroughEveryService() throws IOException {
    JsonNode experiment = suite.awaitEnd(suite.submit(document()));
    assertEquals(
        "SUCCEEDED", experiment.at("/experiment/state").asText(), experiment::toPrettyString);
    JsonNode metrics = experiment.at("/runs/0/metrics");
    assertTrue(metrics.at("/val/roc_auc").isNumber(), metrics::toString);
    assertTrue(metrics.at("/test/roc_auc").isNumber(), metrics::toString);
    JsonNode run = suite.run(experiment.at("/runs/0/id").asText());
    assertTrue(run.path("progress").size() > 0, run::toPrettyString);
  }

  private static ObjectNode document() throws IOException {
    ObjectNode document = Experiments.document(ROOT.resolve("data"));
    Overrides.set(document, "dataset_params.dataset", Json.parse("\"ImageFolder\""));
    Overrides.set(document, "training_params.epochs", Json.parse("1"));
    Overrides.set(document, "training_params.val_every", Json.parse("1"));
    return document;
  }
}
