package org.medtransformers.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.learning.method.Loss;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.optimizer.ParameterGroup;

/** The attributes that {@code learner.py} declares for a training, besides its network's. */
final class TrainingConstants {
  private static final String DROP_PATH = "drop_path";
  private static final Optimizer NO_OPTIMIZER = new Optimizer.Sgd(0, 0, 0, 0, false);

  private TrainingConstants() {}

  /**
   * @param mixedType what a step multiplies in: {@code bfloat16}, {@code float16}, empty for
   *     float32
   */
  static Map<String, Object> of(LearnerSpec spec, LossScale scale, String mixedType) {
    Recipe recipe = spec.recipe();
    Map<String, Object> constants =
        ofUpdate(spec.optimizer(), recipe.lars(), spec.groups(), spec.gradientClip());
    constants.putAll(ofLoss(recipe.method() instanceof Supervised s ? s.loss() : Loss.PLAIN));
    constants.putAll(ofMethod(spec));
    constants.put("trainable", Network.join(spec.trained()));
    constants.put("frozen", spec.freezeBackbone());
    constants.put("scales_loss", scale.on());
    constants.put("mixed", mixedType);
    constants.put("ema_decay", recipe.emaDecay());
    return constants;
  }

  /** Of a network that is only evaluated. */
  static Map<String, Object> untrained() {
    Map<String, Object> constants = ofUpdate(NO_OPTIMIZER, Optional.empty(), List.of(), 0);
    constants.putAll(ofLoss(Loss.PLAIN));
    constants.put("method", Supervised.PLAIN.label());
    constants.put("settings", Map.of(DROP_PATH, 0.0));
    constants.put("companions", "");
    constants.put("clips_each", false);
    constants.put("trainable", "fc.weight\nfc.bias");
    constants.put("frozen", true);
    constants.put("scales_loss", false);
    constants.put("mixed", "");
    constants.put("ema_decay", 0.0);
    return constants;
  }

  /** What {@code update} reads. */
  static Map<String, Object> ofUpdate(
      Optimizer optimizer, Optional<Lars> lars, List<ParameterGroup> groups, double clip) {
    Map<String, Object> constants = new LinkedHashMap<>();
    constants.put("optimizer", optimizer.type().label());
    constants.put("arguments", optimizer.arguments());
    constants.put("groups", groups.stream().map(ParameterGroup::members).toList());
    constants.put("group_lr", groups.stream().map(ParameterGroup::lrScale).toList());
    constants.put("group_decays", groups.stream().map(ParameterGroup::decays).toList());
    constants.put("group_apart", groups.stream().map(ParameterGroup::apart).toList());
    constants.put("lars_trust_coef", lars.map(Lars::trustCoef).orElse(0.0));
    constants.put("lars_eps", lars.map(Lars::eps).orElse(0.0));
    constants.put("clip", clip);
    return constants;
  }

  private static Map<String, Object> ofMethod(LearnerSpec spec) {
    Map<String, Double> settings = new LinkedHashMap<>(spec.method().settings());
    settings.put(DROP_PATH, spec.model().dropPathRate());
    return Map.of(
        "method", spec.method().label(),
        "settings", settings,
        "companions", String.join("\n", LearnerState.companions(spec)),
        "clips_each", spec.method().clipsEachTensor());
  }

  private static Map<String, Object> ofLoss(Loss loss) {
    return Map.of("label_smoothing", loss.labelSmoothing(), "class_weights", loss.classWeights());
  }
}
