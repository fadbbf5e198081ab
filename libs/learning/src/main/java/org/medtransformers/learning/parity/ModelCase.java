package org.medtransformers.learning.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Batch;
import org.medtransformers.learning.Learner;
import org.medtransformers.learning.LearnerSpec;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;
import org.medtransformers.parity.Fill;
import org.medtransformers.parity.Numbers;

/** A case of the group {@code models}: a network, its inputs, its training. */
final class ModelCase {
  private static final int MANY = 100_000;
  private static final int MANY_STEPS = 1_000;

  private final boolean exact;
  private final JsonNode golden;
  private final JsonNode config;
  private final Map<String, Row> rows;
  private final Map<String, Row> beforeAdaptation;

  /** How a tensor of the state is filled. */
  private record Row(List<Long> shape, double scale, double offset) {}

  /**
   * @param exact whether the network computes in float64
   */
  ModelCase(JsonNode golden, boolean exact) {
    this.exact = exact;
    this.golden = golden;
    this.config = golden.path("config");
    this.rows = rows("state");
    this.beforeAdaptation = rows("fill_state_before_stem_adaptation");
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
  Learner learner() {
    ModelSpec model = model();
    requireSameTensors(model.tensors());
    Optimizer optimizer = optimizer();
    double clip = config.has("grad_clipping") ? number("grad_clipping") : 0;
    LearnerSpec spec =
        new LearnerSpec(model, optimizer, Schedule.constant(optimizer), clip, false, 0);
    return Learner.create(spec, TorchDevice.CPU, state(model));
  }

  /** The convolution that was made for 3 channels, fitted to the images' channels. */
  Tensor stem() {
    String name =
        beforeAdaptation.keySet().stream()
            .filter(n -> beforeAdaptation.get(n).shape().size() == 4)
            .findFirst()
            .orElseThrow(() -> invalid("fill_state_before_stem_adaptation names no convolution"));
    return adapted(name, model().channels());
  }

  private Map<String, Row> rows(String key) {
    List<String> columns = new ArrayList<>();
    golden.path("state_columns").forEach(column -> columns.add(column.asText()));
    Map<String, Row> read = new LinkedHashMap<>();
    for (JsonNode row : golden.path(key)) {
      String name = row.path(columns.indexOf("name")).asText();
      read.put(
          name,
          new Row(
              Fill.shape(row.path(columns.indexOf("shape")), key + ": " + name),
              Numbers.one(row.path(columns.indexOf("fill_scale")), key + ": " + name),
              Numbers.one(row.path(columns.indexOf("fill_offset")), key + ": " + name)));
    }
    return read;
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

  /** Before anything is filled, so that a forged shape costs nothing. */
  private void requireSameTensors(List<TensorSpec> ours) {
    List<String> names = ours.stream().map(TensorSpec::name).toList();
    if (!names.equals(List.copyOf(rows.keySet()))) {
      throw invalid(
          "the state has %d tensors %s, the network has %d %s"
              .formatted(
                  rows.size(),
                  difference(rows.keySet().stream().toList(), names),
                  names.size(),
                  difference(names, rows.keySet().stream().toList())));
    }
    for (TensorSpec tensor : ours) {
      List<Long> shape = rows.get(tensor.name()).shape();
      if (!tensor.shape().equals(shape)) {
        throw invalid(
            "%s has the shape %s in the state, %s in the network"
                .formatted(tensor.name(), shape, tensor.shape()));
      }
    }
  }

  private static String difference(List<String> some, List<String> others) {
    Optional<String> own = some.stream().filter(name -> !others.contains(name)).findFirst();
    return own.map(name -> "with " + name).orElse("in its own order");
  }

  private Map<String, Tensor> state(ModelSpec model) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (TensorSpec tensor : model.tensors()) {
      String name = tensor.name();
      if (tensor.counter()) {
        state.put(name, Tensor.ofLongs(new long[] {(long) rows.get(name).offset()}));
      } else if (beforeAdaptation.containsKey(name)) {
        state.put(name, widened(adapted(name, model.channels())));
      } else {
        state.put(name, widened(filled(name, rows.get(name))));
      }
    }
    return state;
  }

  /** [outputs, 3, k, k] -> [outputs, channels, k, k]: channel c is the old channel c mod 3. */
  private Tensor adapted(String name, int channels) {
    Row row = beforeAdaptation.get(name);
    Tensor old = filled(name, row);
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

  private Tensor filled(String name, Row row) {
    String prefix = config.path("name_prefix").asText("");
    return Fill.tensor(prefix + name, row.shape(), row.scale(), row.offset());
  }

  private Tensor widened(Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    return exact ? Tensor.ofDoubles(tensor.doubles(), shape) : tensor;
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
