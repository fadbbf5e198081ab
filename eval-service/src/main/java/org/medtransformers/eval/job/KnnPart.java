package org.medtransformers.eval.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.result.EvaluationResults.NearestNeighbours;
import org.medtransformers.contracts.result.EvaluationResults.NearestNeighbours.TriedK;
import org.medtransformers.learning.knn.FeatureBank;
import org.medtransformers.learning.knn.KnnClassifier;
import org.medtransformers.statistics.Predictions;

/**
 * Classification of the embeddings by their nearest neighbours in the training split, the number of
 * neighbours being chosen on the validation split.
 */
final class KnnPart implements EvaluationPart {
  @Override
  public boolean wanted(RunConfig.Evaluation options) {
    return options.knn();
  }

  @Override
  public void measure(Subject subject, Findings findings) throws InterruptedException {
    RunConfig.Knn options = subject.config().medtrans().knn();
    Split split = subject.options().split();
    if (split == Split.TRAIN) {
      findings.warn("knn: every image of the training split is among its own neighbours");
    }
    if (split == Split.VAL) {
      findings.warn("knn: the number of neighbours is chosen on the split that is measured");
    }
    FeatureBank bank = new FeatureBank(subject.description());
    subject.outputs(Split.TRAIN).forEachBatch(bank::add);
    List<Integer> ks = clamped(options.k(), bank, findings);
    int largest = ks.get(ks.size() - 1);
    try (KnnClassifier classifier =
        bank.classifier(largest, options.temperature(), subject.device())) {
      Trials<Integer> trials = trials(subject, classifier, ks);
      int best = trials.best(0);
      Predictions predictions = votes(subject, split, classifier, ks).get(best);
      findings.part(
          "knn",
          new NearestNeighbours(
              ks.get(best),
              options.temperature(),
              IntStream.range(0, ks.size())
                  .mapToObj(i -> new TriedK(ks.get(i), trials.value(i)))
                  .toList(),
              predictions.metrics(),
              PredictionsPart.intervals(
                  subject, subject.outputs(split).groups(), predictions.outcomes())));
    }
  }

  private static List<Integer> clamped(List<Integer> ks, FeatureBank bank, Findings findings) {
    ks.stream()
        .filter(k -> k > bank.size())
        .forEach(
            k ->
                findings.warn(
                    "knn: k = %d, but the training split has only %d images: all of them vote"
                        .formatted(k, bank.size())));
    return ks.stream().map(bank::neighbours).distinct().sorted().toList();
  }

  private static Trials<Integer> trials(Subject subject, KnnClassifier classifier, List<Integer> ks)
      throws InterruptedException {
    if (subject.dataset().sizes().val() == 0) {
      return new Trials<>(ks, List.of());
    }
    List<Predictions> votes = votes(subject, Split.VAL, classifier, ks);
    return Trials.of(ks, subject.description().targetMetric(), i -> votes.get(i).metrics());
  }

  /** For each of {@code ks} what the neighbours of every image of {@code split} say. */
  private static List<Predictions> votes(
      Subject subject, Split split, KnnClassifier classifier, List<Integer> ks)
      throws InterruptedException {
    List<Predictions> all = new ArrayList<>();
    ks.forEach(k -> all.add(subject.noPredictions()));
    subject
        .outputs(split)
        .forEachBatch(
            (embeddings, labels) -> {
              subject.stopIfTold();
              List<KnnClassifier.Votes> votes = classifier.votes(embeddings, ks);
              IntStream.range(0, ks.size())
                  .forEach(
                      i -> all.get(i).addProbabilities(votes.get(i).shares().floats(), labels));
            });
    return all;
  }
}
