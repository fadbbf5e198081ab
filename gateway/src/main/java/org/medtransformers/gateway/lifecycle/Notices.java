package org.medtransformers.gateway.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;

/** What a reader of the results should know of a training. */
final class Notices {
  private Notices() {}

  /** Of a run that somebody may have to make room for. */
  static List<String> heldUp(RunConfig config, RunState state) {
    return List.of(
        "%s: waited for room on a full disk while %s; nothing is lost by that"
            .formatted(config.training().modelName(), state.name().toLowerCase(Locale.ROOT)));
  }

  /** Of a run that was resumed too late to go on. */
  static List<String> trainedAnew(RunConfig config) {
    return List.of(
        "%s: was resumed when the retention of its last checkpoint was over: trained from the beginning"
            .formatted(config.training().modelName()));
  }

  /** Of a run as it was when its training ended. */
  static List<String> trained(RunConfig config, RunStatus run, TrainingEvent.Completed end) {
    List<String> notices = new ArrayList<>();
    collapse(config, run.progress(), notices);
    beginning(config, run.outcome().dataset(), end, notices);
    neighbours(config, run.outcome().dataset(), notices);
    withoutLabels(config, run, notices);
    return notices;
  }

  /** Where nothing can be measured, what is known of the training all the same. */
  private static void withoutLabels(RunConfig config, RunStatus run, List<String> notices) {
    PreparedDataset dataset = run.outcome().dataset();
    if (dataset == null || dataset.description().labelled()) {
      return;
    }
    RunProgress last = run.progress();
    Collapse collapse = last == null ? null : last.collapse();
    notices.add(
        format(
            "%s: the %d images of %s have no labels, so no neighbours were asked and nothing was"
                + " tested; the last model is kept%s%s",
            config.training().modelName(),
            dataset.sizes().train(),
            dataset.description().name(),
            last == null || last.loss() == null
                ? ""
                : format("; loss at the end %.4g", last.loss()),
            collapse == null
                ? ""
                : format("; standard deviation of the embeddings %.2g", collapse.embeddingStd())));
  }

  private static void collapse(RunConfig config, RunProgress last, List<String> notices) {
    Collapse collapse = last == null ? null : last.collapse();
    if (collapse == null || !collapse.suspected()) {
      return;
    }
    String sign =
        collapse.uniform(config.model().dino().projectionSize())
            ? format(
                "the mean entropy of the teacher's output was %.2f nats at the end, nearly that of"
                    + " a uniform one",
                collapse.teacherEntropy())
            : format(
                "the embedding's standard deviation was %.2g at the end, less than a tenth of that"
                    + " of embeddings that differ",
                collapse.embeddingStd());
    notices.add(
        format(
            "%s: medtrans.method %s looks collapsed: %s",
            config.training().modelName(), config.medtrans().method(), sign));
  }

  /** Of a training without labels: whether it was of any use. */
  private static void beginning(
      RunConfig config,
      PreparedDataset dataset,
      TrainingEvent.Completed end,
      List<String> notices) {
    if (end.beginning() == null || end.metrics() == null) {
      return;
    }
    TargetMetric target = dataset.description().targetMetric();
    OptionalDouble before = end.beginning().value(target);
    OptionalDouble after = end.metrics().value(target);
    if (before.isPresent() && after.isPresent() && after.getAsDouble() <= before.getAsDouble()) {
      notices.add(
          format(
              "%s: medtrans.method %s did not help: the nearest neighbours of the chosen model"
                  + " reach a %s of %.4f on the validation split, those of the network as it began %.4f",
              config.training().modelName(),
              config.medtrans().method(),
              target.key(),
              after.getAsDouble(),
              before.getAsDouble()));
    }
  }

  private static void neighbours(RunConfig config, PreparedDataset dataset, List<String> notices) {
    Integer asked = config.training().knnNeighbours();
    boolean few = asked != null && dataset != null && dataset.sizes().train() < asked;
    if (config.asksNeighbours() && few && dataset.description().labelled()) {
      notices.add(
          "training_params.knn_nhood: found %d, the training split of %s has %d images: all vote"
              .formatted(asked, dataset.description().name(), dataset.sizes().train()));
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
