package org.medtransformers.eval.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.EvaluationResults.LinearProbe.TriedRate;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.knn.KnnClassifier;
import org.medtransformers.learning.probe.LinearProbe;
import org.medtransformers.statistics.Predictions;

/**
 * A linear classifier that is fitted to the embeddings of the training split, its learning rate
 * being chosen on the validation split.
 */
final class LinearPart implements EvaluationPart {
  /** Where there is no validation split: the middle of the learning rates. */
  private static final int MIDDLE = LinearProbe.RATES.size() / 2;

  @Override
  public boolean wanted(RunConfig.Evaluation options) {
    return options.linear();
  }

  @Override
  public void measure(Subject subject, Findings findings) throws InterruptedException {
    Split split = subject.options().split();
    if (split == Split.VAL) {
      findings.warn("linear: the learning rate is chosen on the split that is measured");
    }
    try (LinearProbe probe = fit(subject)) {
      Trials<Double> trials = trials(subject, probe);
      int best = trials.best(MIDDLE);
      Predictions predictions = predictions(subject, split, probe).get(best);
      findings.part(
          "linear",
          new EvaluationResults.LinearProbe(
              LinearProbe.RATES.get(best),
              LinearProbe.EPOCHS,
              IntStream.range(0, LinearProbe.RATES.size())
                  .mapToObj(i -> new TriedRate(LinearProbe.RATES.get(i), trials.value(i)))
                  .toList(),
              predictions.metrics(),
              PredictionsPart.intervals(
                  subject, subject.outputs(split).groups(), predictions.outcomes())));
    }
  }

  private static LinearProbe fit(Subject subject) throws InterruptedException {
    if (subject.dataset().sizes().train() == 0) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "the training split of %s is empty: there is nothing to fit a linear classifier to"
              .formatted(subject.description().name()));
    }
    List<Tensor> embeddings = new ArrayList<>();
    List<Tensor> targets = new ArrayList<>();
    subject
        .outputs(Split.TRAIN)
        .forEachBatch(
            (batch, labels) -> {
              embeddings.add(batch);
              targets.add(targets(subject, labels));
            });
    return LinearProbe.fit(
        Tensor.concatenated(embeddings),
        Tensor.concatenated(targets),
        subject.description().task() == Task.MULTI_CLASS,
        subject.device(),
        subject::stopIfTold);
  }

  /** F32 [n, outputs] of 0 and 1. */
  private static Tensor targets(Subject subject, int[] labels) {
    int outputs = subject.description().outputs();
    return switch (subject.description().task()) {
      case MULTI_CLASS -> KnnClassifier.oneHot(labels, outputs);
      case BINARY, MULTI_LABEL -> {
        float[] shown = new float[labels.length];
        for (int i = 0; i < shown.length; i++) {
          shown[i] = labels[i];
        }
        yield Tensor.ofFloats(shown, labels.length / outputs, outputs);
      }
    };
  }

  private static Trials<Double> trials(Subject subject, LinearProbe probe)
      throws InterruptedException {
    if (subject.dataset().sizes().val() == 0) {
      return new Trials<>(LinearProbe.RATES, List.of());
    }
    List<Predictions> all = predictions(subject, Split.VAL, probe);
    return Trials.of(
        LinearProbe.RATES, subject.description().targetMetric(), i -> all.get(i).metrics());
  }

  /** For each learning rate what its model says of every image of {@code split}. */
  private static List<Predictions> predictions(Subject subject, Split split, LinearProbe probe)
      throws InterruptedException {
    List<Predictions> all = new ArrayList<>();
    LinearProbe.RATES.forEach(rate -> all.add(subject.noPredictions()));
    subject
        .outputs(split)
        .forEachBatch(
            (embeddings, labels) -> {
              List<float[]> logits = probe.logits(embeddings);
              IntStream.range(0, logits.size()).forEach(i -> all.get(i).add(logits.get(i), labels));
            });
    return all;
  }
}
