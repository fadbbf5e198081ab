package org.medtransformers.learning.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.medtransformers.learning.method.Loss;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.network.KernelConstants;
import org.medtransformers.learning.optimizer.LossScale;

/** The attributes that {@code learner.py} declares for a training, besides its network's. */
final class TrainingConstants {
  private TrainingConstants() {}

  /**
   * @param mixedType what a step multiplies in: {@code bfloat16}, {@code float16}, empty for
   *     float32
   */
  static Map<String, Object> of(LearnerSpec spec, LossScale scale, String mixedType) {
    Recipe recipe = spec.recipe();
    Map<String, Object> constants =
        KernelConstants.ofUpdate(
            spec.optimizer(), recipe.lars(), spec.groups(), spec.gradientClip());
    constants.putAll(
        KernelConstants.ofLoss(recipe.method() instanceof Supervised s ? s.loss() : Loss.PLAIN));
    constants.putAll(ofMethod(spec));
    constants.put("trainable", KernelConstants.join(spec.trained()));
    constants.put("frozen", spec.freezeBackbone());
    constants.put("scales_loss", scale.on());
    constants.put("mixed", mixedType);
    constants.put("ema_decay", recipe.emaDecay());
    return constants;
  }

  private static Map<String, Object> ofMethod(LearnerSpec spec) {
    Map<String, Double> settings = new LinkedHashMap<>(spec.method().settings());
    settings.put(KernelConstants.DROP_PATH, spec.model().dropPathRate());
    return Map.of(
        "method", spec.method().label(),
        "settings", settings,
        "companions", String.join("\n", LearnerState.companions(spec)),
        "clips_each", spec.method().clipsEachTensor());
  }
}
