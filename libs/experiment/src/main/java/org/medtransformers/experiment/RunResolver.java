package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.config.RunFile;

/** Checks the file of a single training and fills its defaults in. */
final class RunResolver {
  private static final ObjectRule RUN = RunSchema.run();

  private RunResolver() {}

  /** Empty where a key of {@code document} is wrong; every mistake is reported. */
  static Optional<RunFile> resolve(ObjectNode document, Findings findings) {
    Findings own = new Findings();
    ObjectNode resolved = (ObjectNode) RUN.resolve("", document, own, false);
    if (own.hasErrors()) {
      findings.addAll(own);
      return Optional.empty();
    }
    name(resolved);
    List<String> trainingViews = TrainingViews.resolve(resolved, own);
    RunFile file = RunFile.of(resolved);
    RunChecks.check(file.config(), resolved, own);
    ViewChecks.check(file.config(), trainingViews, own);
    findings.addAll(own);
    return Optional.of(file);
  }

  private static void name(ObjectNode resolved) {
    ObjectNode training = (ObjectNode) resolved.path("training_params");
    if (!training.has("model_name")) {
      String dataset = resolved.path("dataset_params").path("dataset").asText();
      training.put(
          "model_name",
          dataset + "_" + resolved.path("model_params").path("backbone_type").asText());
    }
  }

  /** {@code file} under a model name that ends in {@code ending}. */
  static RunFile named(RunFile file, String ending) {
    ObjectNode changed = file.tree();
    ((ObjectNode) changed.path("training_params"))
        .put("model_name", ModelName.ending(file.config().training().modelName(), ending));
    return RunFile.of(changed);
  }
}
