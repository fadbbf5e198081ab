package org.medtransformers.learning.model;

import java.util.ArrayList;
import java.util.List;

/** What lies on top of a backbone. */
public sealed interface Head {
  /** Length of what the head gives. */
  int outputs();

  /**
   * Its tensors, in PyTorch's order.
   *
   * @param features length of the backbone's embedding
   */
  List<TensorSpec> tensors(int features);

  /** A linear classifier. */
  record Linear(int outputs) implements Head {
    @Override
    public List<TensorSpec> tensors(int features) {
      return linear("fc", features, outputs);
    }
  }

  /**
   * DINO's: a multilayer perceptron of three layers, and one whose weight vectors have length 1.
   *
   * @param hidden width of the perceptron
   * @param bottleneck width in front of the last layer
   * @see <a href="https://arxiv.org/abs/2104.14294">Caron et al., 2021, appendix C</a>
   */
  record Dino(int outputs, int hidden, int bottleneck) implements Head {
    /** With the authors' widths. */
    public Dino(int outputs) {
      this(outputs, 2048, 256);
    }

    @Override
    public List<TensorSpec> tensors(int features) {
      List<TensorSpec> tensors = new ArrayList<>();
      addPerceptron(tensors, "fc.mlp.0", features, hidden);
      addPerceptron(tensors, "fc.mlp.2", hidden, hidden);
      addPerceptron(tensors, "fc.mlp.4", hidden, bottleneck);
      tensors.add(TensorSpec.buffer("fc.last_layer.weight_g", 1, outputs, 1));
      Init init = Init.fanIn(bottleneck);
      tensors.add(TensorSpec.parameter("fc.last_layer.weight_v", init, outputs, bottleneck));
      return tensors;
    }

    private static void addPerceptron(List<TensorSpec> to, String name, int inputs, int outputs) {
      to.add(TensorSpec.parameter(name + ".weight", Init.transformer(), outputs, inputs));
      to.add(TensorSpec.parameter(name + ".bias", new Init.Constant(0), outputs));
    }
  }

  /**
   * The projector of BYOL and SimSiam, and the predictor above it.
   *
   * @param widths of its two or three layers
   * @param predictor width of the predictor's hidden layer; 0 without a predictor
   */
  record Projector(List<Integer> widths, int predictor) implements Head {
    public Projector {
      widths = List.copyOf(widths);
      if (widths.size() < 2 || widths.size() > 3) {
        throw new IllegalArgumentException("a projector of the widths " + widths);
      }
    }

    @Override
    public int outputs() {
      return widths.get(widths.size() - 1);
    }

    /** What a target has. */
    Projector withoutPredictor() {
      return new Projector(widths, 0);
    }

    @Override
    public List<TensorSpec> tensors(int features) {
      List<TensorSpec> tensors = new ArrayList<>();
      addLayer(tensors, "fc.net.fc_in", features, widths.get(0));
      if (widths.size() == 3) {
        addLayer(tensors, "fc.net.fc_h", widths.get(0), widths.get(1));
      }
      addLayer(tensors, "fc.net.fc_out", widths.get(widths.size() - 2), outputs());
      if (predictor > 0) {
        tensors.addAll(predictorTensors(outputs(), predictor, outputs()));
      }
      return tensors;
    }

    private static void addLayer(List<TensorSpec> to, String name, int inputs, int outputs) {
      to.addAll(linear(name + ".0", inputs, outputs));
      to.addAll(TensorSpec.batchNorm(name + ".1", outputs));
    }
  }

  /** The tensors of a predictor. */
  static List<TensorSpec> predictorTensors(int inputs, int hidden, int outputs) {
    List<TensorSpec> tensors = new ArrayList<>(linear("predictor.net.0", inputs, hidden));
    tensors.addAll(TensorSpec.batchNorm("predictor.net.1", hidden));
    tensors.addAll(linear("predictor.net.3", hidden, outputs));
    return tensors;
  }

  private static List<TensorSpec> linear(String name, int inputs, int outputs) {
    return List.of(
        TensorSpec.parameter(name + ".weight", Init.fanIn(inputs), outputs, inputs),
        TensorSpec.parameter(name + ".bias", Init.fanIn(inputs), outputs));
  }
}
