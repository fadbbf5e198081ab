package org.medtransformers.learning.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medtransformers.learning.method.Loss;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.optimizer.ParameterGroup;

/** The attributes that {@code learner.py} declares. */
public final class KernelConstants {
  /** Among the method's settings. */
  public static final String DROP_PATH = "drop_path";

  private static final Optimizer NO_OPTIMIZER = new Optimizer.Sgd(0, 0, 0, 0, false);

  private KernelConstants() {}

  /** What the network decides. */
  public static Map<String, Object> ofNetwork(ModelSpec spec) {
    return Map.of("names", join(spec.tensors()));
  }

  /** Of a network that is only evaluated. */
  public static Map<String, Object> untrained() {
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
  public static Map<String, Object> ofUpdate(
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

  public static Map<String, Object> ofLoss(Loss loss) {
    return Map.of("label_smoothing", loss.labelSmoothing(), "class_weights", loss.classWeights());
  }

  /** Names as one attribute. */
  public static String join(List<TensorSpec> tensors) {
    return tensors.stream().map(TensorSpec::name).collect(Collectors.joining("\n"));
  }
}
