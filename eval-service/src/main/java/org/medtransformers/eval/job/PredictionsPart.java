package org.medtransformers.eval.job;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.EvaluationResults.Subgroup;
import org.medtransformers.contracts.result.EvaluationResults.Vote;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.learning.knn.Neighbours;
import org.medtransformers.statistics.Bootstrap;
import org.medtransformers.statistics.ClassReport;
import org.medtransformers.statistics.Outcomes;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.Predictions;
import org.medtransformers.statistics.PredictionsCsv;
import org.medtransformers.statistics.Reliability;
import org.medtransformers.statistics.Resampled;
import org.medtransformers.statistics.Subgroups;

/**
 * The network's own predictions, or those of its embeddings' nearest neighbours in the training
 * split where it was trained without labels: always measured.
 */
final class PredictionsPart implements EvaluationPart {
  @Override
  public boolean wanted(RunConfig.Evaluation options) {
    return true;
  }

  @Override
  public void measure(Subject subject, Findings findings) throws InterruptedException {
    SplitOutputs outputs = subject.outputs(subject.options().split());
    if (!subject.config().medtrans().supervised()) {
      vote(subject, voted(subject, outputs), findings);
    }
    List<String> classes = subject.description().classes();
    List<PredictedImage> images = outputs.predictedImages();
    Outcomes outcomes = outputs.predictions().outcomes();
    findings.metrics(outputs.predictions().metrics());
    findings.part("intervals", intervals(subject, outputs.groups(), outcomes));
    findings.part("classes", ClassReport.metrics(outcomes, classes));
    findings.part("calibration", Reliability.of(outcomes));
    findings.part("subgroups", subgroups(subject, outputs));
    findings.file(Curves.FILE, Json.write(ClassReport.curves(outcomes, classes)) + "\n");
    findings.file(EvaluationResults.PREDICTIONS, PredictionsCsv.write(images, classes.size()));
  }

  /** The measured split, and the one by which an operating point is chosen. */
  private static Set<SplitOutputs> voted(Subject subject, SplitOutputs measured)
      throws InterruptedException {
    boolean chosen =
        subject.description().task() == Task.BINARY && subject.dataset().sizes().val() > 0;
    return chosen
        ? new LinkedHashSet<>(List.of(measured, subject.outputs(Split.VAL)))
        : Set.of(measured);
  }

  private static void vote(Subject subject, Set<SplitOutputs> splits, Findings findings)
      throws InterruptedException {
    if (subject.options().split() == Split.TRAIN) {
      findings.warn("every image of the training split is among its own neighbours");
    }
    RunConfig config = subject.config();
    try (Neighbours neighbours = new Neighbours(subject.description(), config, subject.device())) {
      subject.outputs(Split.TRAIN).forEachBatch(neighbours::remember);
      for (SplitOutputs outputs : splits) {
        outputs.forEachBatch(
            (embeddings, labels) -> {
              subject.stopIfTold();
              outputs.predictions().addProbabilities(neighbours.ask(embeddings), labels);
            });
      }
      double temperature = config.medtrans().knn().temperature();
      findings.part("neighbours", new Vote(neighbours.k(), temperature));
    }
  }

  /** Null where no resamples are asked for. */
  static Intervals intervals(Subject subject, List<String> groups, Resampled measured) {
    int resamples = subject.options().bootstrap();
    subject.stopIfTold();
    // One seed for all runs: models on the same split are compared on the same resamples.
    return resamples == 0
        ? null
        : new Bootstrap(groups, 0).intervals(measured, subject.description().classes(), resamples);
  }

  private static List<Subgroup> subgroups(Subject subject, SplitOutputs outputs) {
    List<Map<String, String>> attributes =
        outputs.images().stream().map(image -> image.attributes()).toList();
    List<Subgroup> found = new ArrayList<>();
    Subgroups.of(attributes)
        .forEach(
            (name, values) ->
                values.forEach(
                    (value, members) ->
                        found.add(subgroup(subject, name, value, outputs, members))));
    return found;
  }

  private static Subgroup subgroup(
      Subject subject, String name, String value, SplitOutputs outputs, List<Integer> members) {
    List<String> own = members.stream().map(outputs.groups()::get).toList();
    Predictions predictions = outputs.predictions().of(members);
    return new Subgroup(
        name, value, predictions.metrics(), intervals(subject, own, predictions.outcomes()));
  }
}
