package org.medtransformers.golden.learning;

import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.network.Network;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/** Compares a network after some training steps. */
final class StateCheck {
  private StateCheck() {}

  static void check(ModelCase model, Network network, Section expected) {
    Map<String, Tensor> state = network.state();
    for (String key : expected.keys()) {
      if (TensorSummary.isFirst(key, "param_")) {
        TensorSummary.checkFirst(state, key, expected);
      } else if (key.equals("param_l2_total")) {
        expected.compare(key, totalNorm(network, state));
      } else if (key.equals("batch_norm")) {
        Section prefixes = expected.section(key);
        prefixes.keys().forEach(p -> checkStatistics(state, p, prefixes.section(p)));
      } else if (key.equals("eval_logits")) {
        expected.compare(key, network.evaluate(model.input()).logits().doubles());
      }
    }
  }

  /** Running statistics of the batch norm whose tensors begin with {@code prefix}. */
  private static void checkStatistics(Map<String, Tensor> state, String prefix, Section expected) {
    for (String statistic : new String[] {"running_mean", "running_var"}) {
      TensorSummary.check(tensor(state, prefix + statistic).doubles(), statistic + "_", expected);
    }
    if (expected.has("num_batches_tracked")) {
      long batches = tensor(state, prefix + "num_batches_tracked").longs()[0];
      expected.compare("num_batches_tracked", (double) batches, Tolerance.EXACT);
    }
  }

  private static Tensor tensor(Map<String, Tensor> state, String name) {
    Tensor tensor = state.get(name);
    if (tensor == null) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, "the network has no tensor " + name);
    }
    return tensor;
  }

  private static double totalNorm(Network network, Map<String, Tensor> state) {
    double squares = 0;
    for (TensorSpec tensor : network.spec().tensors()) {
      if (tensor.trained()) {
        squares += Math.pow(TensorSummary.l2(state.get(tensor.name()).doubles()), 2);
      }
    }
    return Math.sqrt(squares);
  }
}
