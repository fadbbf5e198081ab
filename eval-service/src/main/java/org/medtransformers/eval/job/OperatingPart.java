package org.medtransformers.eval.job;

import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.OperatingPoint;
import org.medtransformers.statistics.BinaryScores;
import org.medtransformers.statistics.OperatingMeasures;
import org.medtransformers.statistics.PredictionsCsv;
import org.medtransformers.statistics.Reliability;
import org.medtransformers.statistics.Temperature;
import org.medtransformers.statistics.Threshold;

/**
 * Of two classes: a threshold and a temperature chosen on the validation split, and what they are
 * worth on the measured one. Comes after {@link PredictionsPart}, which makes the predictions.
 */
final class OperatingPart implements EvaluationPart {
  private static final int FEW = 5;

  @Override
  public boolean wanted(RunConfig.Evaluation options) {
    return true;
  }

  @Override
  public void measure(Subject subject, Findings findings) throws InterruptedException {
    if (subject.description().task() != Task.BINARY) {
      if (subject.options().operatingPoint() != null) {
        findings.warn(
            "medtrans.evaluation.operating_point does nothing here: the data set has not two"
                + " classes");
      }
      return;
    }
    if (subject.dataset().sizes().val() == 0) {
      findings.warn("no operating point: the validation split, to choose it by, is empty");
      return;
    }
    SplitOutputs validation = subject.outputs(Split.VAL);
    if (subject.options().split() == Split.VAL) {
      findings.warn("operating point: the threshold is chosen on the split that is measured");
    } else {
      findings.file(
          EvaluationResults.VALIDATION_PREDICTIONS,
          PredictionsCsv.write(
              validation.predictedImages(), subject.description().classes().size()));
    }
    measure(subject, validation.predictions().binary(), findings);
  }

  private static void measure(Subject subject, BinaryScores validation, Findings findings)
      throws InterruptedException {
    BinaryScores measured = subject.outputs(subject.options().split()).predictions().binary();
    if (!validation.finite() || !measured.finite()) {
      findings.warn("no operating point: what the model says of some images is no number");
      return;
    }
    warning(validation, subject.description().classes()).ifPresent(findings::warn);
    if (validation.bothClasses()) {
      findings.part("operating_point", point(subject, validation, measured, findings));
    }
  }

  /** What is wrong with images to choose a threshold by. */
  static Optional<String> warning(BinaryScores validation, List<String> classes) {
    int positives = validation.positives();
    if (!validation.bothClasses()) {
      return Optional.of(
          "no operating point: every image of the validation split, to choose it by, is %s"
              .formatted(classes.get(positives == 0 ? 0 : 1)));
    }
    return Math.min(positives, validation.images() - positives) < FEW
        ? Optional.of(
            "operating point: chosen on %d validation images, of which %d are %s: with other"
                    .formatted(validation.images(), positives, classes.get(1))
                + " images it may lie elsewhere")
        : Optional.empty();
  }

  private static OperatingPoint point(
      Subject subject, BinaryScores validation, BinaryScores measured, Findings findings)
      throws InterruptedException {
    List<String> groups = subject.outputs(subject.options().split()).groups();
    RunConfig.OperatingPoint wish = subject.options().operatingPoint();
    Double required = wish == null ? null : wish.sensitivity();
    Threshold threshold =
        required == null
            ? Threshold.youden(validation)
            : Threshold.sensitivity(validation, required);
    if (Double.isInfinite(threshold.probability())) {
      findings.warn(
          "operating point: no threshold is better than chance on the validation split: nothing is"
              + " called positive");
    }
    OperatingMeasures measures = new OperatingMeasures(measured, threshold);
    return new OperatingPoint(
        subject.description().classes().get(1),
        new OperatingPoint.Threshold(
            required,
            threshold.probability(),
            threshold.logit(),
            validation.images(),
            validation.positives()),
        measures.confusionMatrix(),
        measures.values(),
        PredictionsPart.intervals(subject, groups, measures),
        temperature(validation, measured, findings));
  }

  private static OperatingPoint.Temperature temperature(
      BinaryScores validation, BinaryScores measured, Findings findings) {
    double temperature = Temperature.fit(validation);
    if (temperature == Temperature.LEAST || temperature == Temperature.MOST) {
      findings.warn(
          "temperature scaling: the validation split would have it beyond %s, which is its limit"
              .formatted(temperature));
    }
    return new OperatingPoint.Temperature(
        temperature,
        Reliability.of(measured.outcomes()).expectedError(),
        Reliability.of(measured.scaled(temperature).outcomes()).expectedError());
  }
}
