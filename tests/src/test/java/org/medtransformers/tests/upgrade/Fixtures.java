package org.medtransformers.tests.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.files.Disk;
import org.medtransformers.tests.Experiments;

/**
 * What a release has left behind.
 *
 * @param folder named after the release
 */
record Fixtures(Path folder) {
  /**
   * How it was, and went on, in that release.
   *
   * @param ended an experiment as REST showed it
   * @param atWork id of the experiment that was in mid-training
   * @param run its run, as REST showed it at the end
   */
  record Expected(JsonNode ended, String atWork, JsonNode run) {}

  /** Those of every release that later ones must read. */
  static List<Fixtures> all() {
    try {
      return Disk.startingWith("", Path.of(Fixtures.class.getResource("/upgrade").toURI())).stream()
          .filter(Files::isDirectory)
          .sorted()
          .map(Fixtures::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  List<RecordedEvent> events() throws IOException {
    return Disk.startingWith("", folder.resolve("events")).stream()
        .map(file -> Json.read(text(file), RecordedEvent.class))
        .toList();
  }

  DatabaseCopy database(String name) {
    return new DatabaseCopy(folder.resolve("databases").resolve(name));
  }

  /** Below {@code MEDTRANS_HOME}: runs and prepared sets. */
  Path home() {
    return folder.resolve("home");
  }

  Expected expected() {
    return Json.read(text(folder.resolve("expected.json")), Expected.class);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The experiment that they are made with: images of 8 by 8 pixels, as few as do. */
  static ObjectNode document(Path images) throws IOException {
    ObjectNode document = Experiments.document(images);
    JsonNode tiny = Json.parse("{\"Resize\": {\"apply\": true, \"height\": 8, \"width\": 8}}");
    for (String split : List.of("train", "val", "test")) {
      Overrides.set(document, "dataset_params." + split + "_transforms", tiny);
    }
    Overrides.set(document, "model_params.backbone_type", Json.parse("\"test_vit\""));
    Overrides.set(document, "model_params.transformers_params.img_size", Json.parse("[8]"));
    Overrides.set(document, "experiment.name", Json.parse("\"upgrade\""));
    // Without momentum there are only weights in a checkpoint.
    Overrides.set(
        document,
        "optimization_params.default.optimizer",
        Json.parse("{\"type\": \"SGD\", \"params\": {\"lr\": 1e-3, \"momentum\": 0}}"));
    Overrides.set(document, "model_params.DINO", Json.parse("{\"projection_size\": 16}"));
    Overrides.set(document, "training_params.epochs", Json.parse("2"));
    Overrides.set(document, "training_params.val_every", Json.parse("1"));
    Overrides.set(document, "training_params.log_every", Json.parse("5"));
    // Which is told, as there is none.
    Overrides.set(document, "system_params.use_GPU", Json.parse("true"));
    Overrides.set(document, "medtrans.keep_checkpoints", Json.parse("1"));
    return document;
  }
}
