package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.optimizer.Hyper;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;
import org.medtransformers.learning.training.Accumulation;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.learning.training.Recipe;
import org.medtransformers.parity.Fill;
import org.medtransformers.parity.Numbers;

/**
 * What the short trainings of all self-supervised methods have in common.
 *
 * @param exact whether the networks compute in float64
 */
record TrainingCase(JsonNode golden, boolean exact, TorchDevice device) {
  private static final int MANY = 1 << 20;
  private static final int CHANNELS = 3;

  /** A learner of the case, filled, before its first step. */
  Learner learner(Method method, Head head, double clip, int stepsPerEpoch) {
    Optimizer optimizer = optimizer();
    Recipe recipe = new Recipe(method, Optional.empty(), 1, 0, new Accumulation(1, stepsPerEpoch));
    ModelSpec model = model(head);
    FilledState state = FilledState.of(golden, "state");
    state.requireSameTensors(model.tensors());
    LearnerSpec spec =
        new LearnerSpec(model, optimizer, Schedule.constant(optimizer), clip, false, 0, recipe);
    return Learner.create(spec, device, state.fill(model.tensors(), exact));
  }

  Optimizer optimizer() {
    return OptimizerCases.optimizer(config("optimizer"));
  }

  private ModelSpec model(Head head) {
    Backbone backbone = Backbone.of(config("arch").asText());
    return backbone.family() == Backbone.Family.RESNET
        ? ModelSpec.resnet(backbone, CHANNELS, head)
        : new ModelSpec(
            backbone, CHANNELS, head, whole("img_size"), whole("patch_size"), number("drop_path"));
  }

  /** What a step's view is filled with. */
  Tensor view(String name, int side) {
    return Fill.tensor(
        config("fill").asText() + "." + name,
        List.of((long) whole("batch"), (long) CHANNELS, (long) side, (long) side),
        number("input_scale"),
        0);
  }

  /** The method's settings of an update. */
  Hyper hyper(Method method, int update) {
    return method.at(Hyper.constant(optimizer(), 1), update, 0);
  }

  /** The parameters of {@code network}, trained or not, one after the other. */
  double[] parameters(Network network) {
    Map<String, FilledState.Row> rows = FilledState.of(golden, "state").rows();
    Map<String, Tensor> state = network.state();
    return state.entrySet().stream()
        .filter(entry -> rows.get(entry.getKey()).parameter())
        .flatMapToDouble(entry -> Arrays.stream(entry.getValue().doubles()))
        .toArray();
  }

  /** Entry by entry, as far as the second goes. */
  static double[] difference(double[] one, double[] other) {
    double[] difference = new double[other.length];
    for (int i = 0; i < other.length; i++) {
      difference[i] = one[i] - other[i];
    }
    return difference;
  }

  int whole(String key) {
    return Numbers.whole(config(key), "config." + key, 1, MANY);
  }

  double number(String key) {
    return Numbers.one(config(key), "config." + key);
  }

  JsonNode config(String key) {
    return golden.path("config").path(key);
  }
}
