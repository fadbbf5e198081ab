package org.medtransformers.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.ModelSpec;

/** The network of a golden case of {@code models/}. */
public final class GoldenModel {
  private GoldenModel() {}

  /** What the case is built as. */
  public static ModelSpec spec(JsonNode golden) {
    JsonNode config = golden.get("config");
    Backbone backbone = Backbone.of(config.get("arch").asText());
    int channels = config.get("img_channels").asInt();
    int outputs = config.get("n_classes").asInt();
    JsonNode vit = config.get("vit");
    return vit.isNull()
        ? ModelSpec.resnet(backbone, channels, outputs)
        : new ModelSpec(
            backbone,
            channels,
            outputs,
            vit.get("img_size").get(0).asInt(),
            vit.get("patch_size").asInt(),
            0);
  }

  /** Weights and running statistics, filled by rule. */
  public static Map<String, Tensor> state(JsonNode golden) {
    String prefix = golden.get("config").get("name_prefix").asText();
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (JsonNode row : golden.get("state")) {
      String name = row.get(0).asText();
      state.put(
          name,
          name.endsWith("num_batches_tracked")
              ? Tensor.ofLongs(new long[1])
              : Golden.fill(
                  prefix + name, row.get(1), row.get(3).asDouble(), row.get(4).asDouble()));
    }
    for (JsonNode row : golden.path("fill_state_before_stem_adaptation")) {
      String name = row.get(0).asText();
      Tensor stem =
          Golden.fill(prefix + name, row.get(1), row.get(3).asDouble(), row.get(4).asDouble());
      state.put(name, firstChannel(stem));
    }
    return state;
  }

  /** [outputs, 3, k, k] -> [outputs, 1, k, k] */
  private static Tensor firstChannel(Tensor stem) {
    int outputs = stem.shape().get(0).intValue();
    int kernel = stem.elements() / outputs / 3;
    float[] red = new float[outputs * kernel];
    for (int i = 0; i < outputs; i++) {
      System.arraycopy(stem.floats(), i * 3 * kernel, red, i * kernel, kernel);
    }
    return Tensor.ofFloats(red, outputs, 1, stem.shape().get(2), stem.shape().get(3));
  }

  /** Images [n, channels, height, width]; {@code which} is {@code input} or {@code train_input}. */
  public static Tensor input(JsonNode golden, String which) {
    JsonNode input = golden.get("config").get(which);
    return Golden.fill(
        input.get("name").asText(), input.get("shape"), input.get("scale").asDouble(), 0);
  }
}
