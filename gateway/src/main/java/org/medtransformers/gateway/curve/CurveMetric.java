package org.medtransformers.gateway.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Metrics;

/** What a curve is of. A metric by its plain name is of the validation split. */
public enum CurveMetric {
  /** Mean over the iterations since the last multiple of {@code log_every}. */
  TRAINING_LOSS("training_loss", TrainingEvent.Progress::loss, null),
  LEARNING_RATE("learning_rate", TrainingEvent.Progress::learningRate, null),
  /** Before clipping. */
  GRADIENT_NORM("gradient_norm", TrainingEvent.Progress::gradientNorm, null),
  IMAGES_PER_SECOND("images_per_second", TrainingEvent.Progress::imagesPerSecond, null),
  LOSS("loss", null, Metrics::loss),
  ACCURACY("accuracy", null, Metrics::accuracy),
  PRECISION("precision", null, Metrics::precision),
  RECALL("recall", null, Metrics::recall),
  F1("f1", null, Metrics::f1),
  COHEN_KAPPA("cohen_kappa", null, Metrics::cohenKappa),
  ROC_AUC("roc_auc", null, Metrics::rocAuc),
  AVERAGE_PRECISION("average_precision", null, Metrics::averagePrecision);

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final ToDoubleFunction<TrainingEvent.Progress> training;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final Function<Metrics, Double> validation;

  CurveMetric(
      String key,
      ToDoubleFunction<TrainingEvent.Progress> training,
      Function<Metrics, Double> validation) {
    this.key = key;
    this.training = training;
    this.validation = validation;
  }

  /** Those of the training itself. */
  static List<CurveMetric> ofTraining() {
    return Arrays.stream(values()).filter(CurveMetric::training).toList();
  }

  /** Those of the validation split. */
  static List<CurveMetric> ofValidation() {
    return Arrays.stream(values()).filter(metric -> !metric.training()).toList();
  }

  /**
   * The metric called {@code key}.
   *
   * @throws MedtransException {@code INVALID_REQUEST} if none is
   */
  public static CurveMetric of(String key) {
    return Arrays.stream(values())
        .filter(metric -> metric.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                MedtransException.of(
                    ErrorCode.INVALID_REQUEST,
                    "metric: found %s, allowed: %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(CurveMetric::key)
                                .collect(Collectors.joining(", ")))));
  }

  /** As REST has it. */
  public String key() {
    return key;
  }

  /** Whether it is of the training itself rather than of a validation. */
  boolean training() {
    return training != null;
  }

  double of(TrainingEvent.Progress progress) {
    return training.applyAsDouble(progress);
  }

  /** NaN where the task has no such metric. */
  double of(TrainingEvent.Validated validated) {
    return Optional.ofNullable(validated.metrics()).map(validation).orElse(Double.NaN);
  }
}
