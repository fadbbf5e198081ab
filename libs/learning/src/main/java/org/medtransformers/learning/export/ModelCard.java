package org.medtransformers.learning.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.files.RunManifest;
import org.medtransformers.learning.model.ModelSpec;

/** What an exported file says of the network in it: texts, and JSON for what is no text. */
public final class ModelCard {
  private ModelCard() {}

  /**
   * The metadata of a model.
   *
   * @param run that trained it
   * @param checkpoint name of the folder with its weights
   */
  public static Map<String, String> of(RunManifest run, String checkpoint, ModelSpec spec) {
    DatasetDescription dataset = run.dataset().description();
    Map<String, String> card = new LinkedHashMap<>();
    card.put("backbone", spec.backbone().label());
    card.put("channels", Integer.toString(spec.channels()));
    if (!spec.residual()) {
      card.put("img_size", Integer.toString(spec.imageSize()));
      card.put("patch_size", Integer.toString(spec.patchSize()));
    }
    card.put("dataset", dataset.name());
    card.put("task", dataset.task().name());
    card.put("classes", Json.write(dataset.classes()));
    card.put("mean", Json.write(dataset.mean()));
    card.put("std", Json.write(dataset.std()));
    card.put("test_transforms", Json.write(run.config().dataset().testTransforms().get(0)));
    card.put("model_name", run.config().training().modelName());
    card.put("run_id", run.runId());
    card.put("checkpoint", checkpoint);
    if (run.configSha256() != null) {
      card.put("config_sha256", run.configSha256());
    }
    return card;
  }
}
