package org.medtransformers.tests.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.tests.Experiments;

/** Experiments over a few pictures in folders by class. */
final class SmallExperiments {
  private SmallExperiments() {}

  /** Two networks, two seeds; {@code label} is formatted with the network's name. */
  static ObjectNode comparison(Path data, String label) throws IOException {
    ObjectNode document = training(data, 2);
    Map<String, Object> experiment =
        Map.of(
            "name",
            "small",
            "repetitions",
            2,
            "matrix",
            List.of(List.of(arm("test_resnet", label), arm("test_vit", label))));
    Overrides.set(document, "experiment", Json.parse(Json.write(experiment)));
    Overrides.set(document, "training_params.val_every", Json.parse("1"));
    return document;
  }

  private static Map<String, Object> arm(String backbone, String label) {
    return Map.of(
        "label", label.formatted(backbone), "set", Map.of("model_params.backbone_type", backbone));
  }

  /** One network, one seed. */
  static ObjectNode training(Path data, int epochs) throws IOException {
    ObjectNode document = Experiments.document(data);
    Overrides.set(document, "dataset_params.dataset", Json.parse("\"ImageFolder\""));
    Overrides.set(document, "training_params.epochs", Json.parse(Integer.toString(epochs)));
    return document;
  }
}
