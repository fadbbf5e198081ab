package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;

/**
 * A run file with its defaults filled in.
 *
 * @param config all its keys
 * @param run the typed view of it
 */
record ResolvedRun(JsonNode config, RunConfig run) {
  private static final ObjectRule RUN = RunSchema.run();

  /** Empty where a key of {@code document} is wrong; every mistake is reported. */
  static Optional<ResolvedRun> of(ObjectNode document, Findings findings) {
    Findings own = new Findings();
    JsonNode config = RUN.resolve("", document, own, false);
    if (own.hasErrors()) {
      findings.addAll(own);
      return Optional.empty();
    }
    name((ObjectNode) config.path("training_params"), config);
    List<String> trainingViews = TrainingViews.resolve((ObjectNode) config, own);
    RunConfig run = Json.convert(config, RunConfig.class);
    RunChecks.check(run, config, own);
    ViewChecks.check(run, trainingViews, own);
    findings.addAll(own);
    return Optional.of(new ResolvedRun(config, run));
  }

  private static void name(ObjectNode training, JsonNode config) {
    if (!training.has("model_name")) {
      String dataset = config.path("dataset_params").path("dataset").asText();
      training.put(
          "model_name", dataset + "_" + config.path("model_params").path("backbone_type").asText());
    }
  }

  /** The same under a model name that ends in {@code ending}. */
  ResolvedRun named(String ending) {
    ObjectNode changed = config.deepCopy();
    ((ObjectNode) changed.path("training_params"))
        .put("model_name", ModelName.ending(run.training().modelName(), ending));
    return new ResolvedRun(changed, Json.convert(changed, RunConfig.class));
  }

  /** What tables call its method. */
  String method() {
    return run.medtrans().method().displayName();
  }

  /** Its row of the comparison: the start, and what it is trained with where that is not labels. */
  String initialisation(String start) {
    return run.medtrans().supervised() ? start : start + " + " + method() + ", kNN";
  }

  /** What it begins with: {@code random}, {@code ImageNet (dino)}, … */
  String start() {
    if (run.training().restores()) {
      return "restored (" + run.training().modelName() + ")";
    }
    if (run.transfers()) {
      return "transfer (" + run.transfer().label() + ")";
    }
    if (!run.model().pretrained()) {
      return "random";
    }
    String file = run.medtrans().weightsFile();
    return file == null
        ? "ImageNet (" + run.model().transformer().pretrainedType() + ")"
        : file.substring(file.lastIndexOf('/') + 1);
  }
}
