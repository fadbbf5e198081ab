package org.medtransformers.gateway.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.medtransformers.contracts.error.Choice;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Metrics;

/** What a curve is of. A metric by its plain name is of the validation split. */
public enum CurveMetric {
  /** Mean over the iterations since the last multiple of {@code log_every}. */
  TRAINING_LOSS(true),
  LEARNING_RATE(true),
  /** Before clipping. */
  GRADIENT_NORM(true),
  IMAGES_PER_SECOND(true),
  LOSS(false),
  ACCURACY(false),
  PRECISION(false),
  RECALL(false),
  F1(false),
  COHEN_KAPPA(false),
  ROC_AUC(false),
  AVERAGE_PRECISION(false);

  private final boolean training;

  CurveMetric(boolean training) {
    this.training = training;
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
    return Choice.of("metric", values(), CurveMetric::key, key);
  }

  /** As REST has it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is of the training itself rather than of a validation. */
  boolean training() {
    return training;
  }

  /** NaN where it is none of the training itself. */
  double of(TrainingEvent.Progress progress) {
    return switch (this) {
      case TRAINING_LOSS -> progress.loss();
      case LEARNING_RATE -> progress.learningRate();
      case GRADIENT_NORM -> progress.gradientNorm();
      case IMAGES_PER_SECOND -> progress.imagesPerSecond();
      case LOSS, ACCURACY, PRECISION, RECALL, F1, COHEN_KAPPA, ROC_AUC, AVERAGE_PRECISION ->
          Double.NaN;
    };
  }

  /** NaN where it is none of a validation, or the task has no such metric. */
  double of(TrainingEvent.Validated validated) {
    return validated.metrics() == null
        ? Double.NaN
        : Objects.requireNonNullElse(of(validated.metrics()), Double.NaN);
  }

  private Double of(Metrics metrics) {
    return switch (this) {
      case LOSS -> (Double) metrics.loss();
      case ACCURACY -> (Double) metrics.accuracy();
      case PRECISION -> (Double) metrics.precision();
      case RECALL -> (Double) metrics.recall();
      case F1 -> (Double) metrics.f1();
      case COHEN_KAPPA -> metrics.cohenKappa();
      case ROC_AUC -> metrics.rocAuc();
      case AVERAGE_PRECISION -> metrics.averagePrecision();
      case TRAINING_LOSS, LEARNING_RATE, GRADIENT_NORM, IMAGES_PER_SECOND -> null;
    };
  }
}
