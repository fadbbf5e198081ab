package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.parity.Fill;
import org.medtransformers.parity.Numbers;

/** A case of the group {@code models}: a network, its inputs, its training. */
final class ModelCase {
  private static final int MANY = 100_000;
  private static final int MANY_STEPS = 1_000;

  private final boolean exact;
  private final JsonNode golden;
  private final JsonNode config;
  private final FilledState rows;
  private final FilledState beforeAdaptation;

  /**
   * @param exact whether the network computes in float64
   */
  ModelCase(JsonNode golden, boolean exact) {
    this.exact = exact;
    this.golden = golden;
    this.config = golden.path("config");
    this.rows = FilledState.of(golden, "state");
    this.beforeAdaptation = FilledState.of(golden, "fill_state_before_stem_adaptation");
  }

  JsonNode expected() {
    return golden.path("expected");
  }

  /** Images for evaluation. */
  Tensor input() {
    return Fill.described(config.path("input"), "config.input");
  }

  /** The batch of every training step. */
  Batch trainBatch() {
    Tensor images = Fill.described(config.path("train_input"), "config.train_input");
    double[] labels = Numbers.of(config.path("labels"), "config.labels");
    return switch (config.path("loss").asText()) {
      case "cross_entropy" ->
          new Batch(
              images,
              Tensor.ofLongs(
                  Arrays.stream(labels).mapToLong(v -> (long) v).toArray(), labels.length));
      case "bce_with_logits" -> {
        long n = Math.max(1, config.path("labels").size());
        yield new Batch(images, Tensor.ofFloats(floats(labels), n, labels.length / n));
      }
      default ->
          throw invalid(
              "config.loss: found "
                  + config.path("loss")
                  + ", allowed is"
                  + " \"cross_entropy\" or \"bce_with_logits\"");
    };
  }

  /** Training steps. */
  int steps() {
    return Numbers.whole(config.path("n_steps"), "config.n_steps", 0, MANY_STEPS);
  }

  /** The network, filled, before any training. */
  Learner learner(TorchDevice device) {
    ModelSpec model = model();
    rows.requireSameTensors(model.tensors());
    Optimizer optimizer = optimizer();
    double clip = config.has("grad_clipping") ? number("grad_clipping") : 0;
    LearnerSpec spec =
        new LearnerSpec(model, optimizer, Schedule.constant(optimizer), clip, false, 0);
    return Learner.create(spec, device, state(model));
  }

  /** The convolution that was made for 3 channels, fitted to the images' channels. */
  Tensor stem() {
    String name =
        beforeAdaptation.rows().keySet().stream()
            .filter(n -> beforeAdaptation.rows().get(n).shape().size() == 4)
            .findFirst()
            .orElseThrow(() -> invalid("fill_state_before_stem_adaptation names no convolution"));
    return adapted(name, model().channels());
  }

  private ModelSpec model() {
    Backbone backbone = Backbone.of(config.path("arch").asText());
    int channels = whole(config.path("img_channels"), "img_channels");
    int outputs = whole(config.path("n_classes"), "n_classes");
    if (backbone.family() == Backbone.Family.RESNET) {
      return ModelSpec.resnet(backbone, channels, outputs);
    }
    JsonNode vit = config.path("vit");
    JsonNode size = vit.path("img_size");
    return new ModelSpec(
        backbone,
        channels,
        outputs,
        whole(size.isArray() ? size.path(0) : size, "vit.img_size"),
        whole(vit.path("patch_size"), "vit.patch_size"),
        0);
  }

  private Optimizer optimizer() {
    return config.has("optimizer")
        ? OptimizerCases.optimizer(config.get("optimizer"))
        : new Optimizer.Sgd(0, 0, 0, 0, false);
  }

  private Map<String, Tensor> state(ModelSpec model) {
    Map<String, Tensor> state = rows.fill(model.tensors(), exact);
    for (String name : beforeAdaptation.rows().keySet()) {
      Tensor stem = FilledState.widened(adapted(name, model.channels()), exact);
      state.replace(name, stem);
    }
    return state;
  }

  /** [outputs, 3, k, k] -> [outputs, channels, k, k]: channel c is the old channel c mod 3. */
  private Tensor adapted(String name, int channels) {
    FilledState.Row row = beforeAdaptation.rows().get(name);
    Tensor old = beforeAdaptation.filled(name);
    if (row.shape().size() != 4) {
      return old;
    }
    int outputs = row.shape().get(0).intValue();
    int before = row.shape().get(1).intValue();
    int kernel = old.elements() / outputs / before;
    float[] from = old.floats();
    float[] to = new float[outputs * channels * kernel];
    for (int i = 0; i < outputs * channels; i++) {
      int channel = i / channels * before + i % channels % before;
      System.arraycopy(from, channel * kernel, to, i * kernel, kernel);
    }
    return Tensor.ofFloats(to, outputs, channels, row.shape().get(2), row.shape().get(3));
  }

  private double number(String key) {
    return Numbers.one(config.path(key), "config." + key);
  }

  private static int whole(JsonNode node, String key) {
    return Numbers.whole(node, "config." + key, 1, MANY);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static MedtransException invalid(String message) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, message);
  }
}
