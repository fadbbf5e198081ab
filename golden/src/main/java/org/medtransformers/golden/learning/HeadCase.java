package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.parity.Fill;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;

/** A head that is trained on, differentiated and evaluated by itself. */
record HeadCase(JsonNode golden, boolean exact, TorchDevice device) {
  private static final int MANY = 1 << 20;

  void check(Section expected) {
    List<TensorSpec> tensors = tensors();
    FilledState state = FilledState.of(golden, "state");
    state.requireSameTensors(tensors);
    Tensor x = FilledState.widened(Fill.described(config("input"), "config.input"), exact);
    try (SelfSupervisedParts head =
        SelfSupervisedParts.ofHead(device, tensors, state.fill(tensors, exact))) {
      List<Tensor> found = head.train("train_head", x, cotangent(x));
      for (String key : expected.keys()) {
        switch (key) {
          case "train_forward" ->
              TensorSummary.checkRows(found.get(0), "rows_", expected.section(key));
          case "grad_input_l2" -> expected.compare(key, l2(found.get(1)));
          case "grad_l2" ->
              expected.compare(key, found.stream().skip(2).mapToDouble(HeadCase::l2).toArray());
          case "eval_forward_after_one_train_forward" ->
              TensorSummary.checkRows(
                  head.infer("evaluate_head", x), "rows_", expected.section(key));
          default -> {}
        }
      }
    }
  }

  private List<TensorSpec> tensors() {
    int in = whole("in");
    int out = whole("out");
    int hidden = whole("hidden");
    String type = config("type").asText();
    return switch (type) {
      case "dino" -> new Head.Dino(out, hidden, whole("bottleneck")).tensors(in);
      case "byol_projector" -> new Head.Projector(widths(hidden, out), 0).tensors(in);
      case "predictor" -> Head.predictorTensors(in, hidden, out);
      default ->
          throw MedtransException.of(
              ErrorCode.INVALID_REQUEST,
              "config.type: found %s, allowed are dino, byol_projector, predictor".formatted(type));
    };
  }

  private List<Integer> widths(int hidden, int out) {
    return widths(Numbers.whole(config("layers"), "config.layers", 2, 3), hidden, out);
  }

  /** Of a projector whose hidden layers are alike. */
  static List<Integer> widths(int layers, int hidden, int out) {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(layers - 1, hidden));
    widths.add(out);
    return widths;
  }

  private Tensor cotangent(Tensor x) {
    JsonNode described = config("cotangent");
    Tensor filled =
        Fill.tensor(
            described.path("name").asText(),
            Arrays.asList(x.shape().get(0), (long) whole("out")),
            Numbers.one(described.path("scale"), "config.cotangent.scale"),
            0);
    return FilledState.widened(filled, exact);
  }

  private int whole(String key) {
    return Numbers.whole(config(key), "config." + key, 1, MANY);
  }

  private JsonNode config(String key) {
    return golden.path("config").path(key);
  }

  private static double l2(Tensor tensor) {
    return TensorSummary.l2(tensor.doubles());
  }
}
