package org.medtransformers.gateway.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.DatasetTitle;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.LearningRateSearch.Point;
import org.medtransformers.gateway.entity.RunEntity;

/** Puts the runs that try a learning rate each together to the searches that they make up. */
public final class Searches {
  /** What the runs of one search have in common. */
  private record Kind(String dataset, String backbone, String initialisation, int repetition) {
    static Kind of(RunEntity run) {
      return new Kind(
          DatasetTitle.withFraction(run.file().config()),
          run.backbone,
          run.initialisation,
          run.repetition);
    }
  }

  private Searches() {}

  /** In the order in which they first appear among {@code runs}. */
  public static List<LearningRateSearch> of(List<RunEntity> runs) {
    return runs.stream()
        .filter(r -> r.learningRate != null)
        .collect(Collectors.groupingBy(Kind::of, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(Searches::search)
        .toList();
  }

  private static LearningRateSearch search(List<RunEntity> trials) {
    RunEntity any = trials.get(0);
    Optional<DatasetDescription> data =
        trials.stream()
            .filter(r -> r.prepared != null)
            .findFirst()
            .map(r -> r.prepared.description());
    return LearningRateSearch.of(
        DatasetTitle.withFraction(any.file().config()),
        data.map(DatasetDescription::synthetic).orElse(false),
        any.backbone,
        any.initialisation,
        any.repetition,
        any.seed,
        data.map(d -> d.targetMetric().key()).orElse(null),
        trials.stream().map(Searches::point).toList());
  }

  private static Point point(RunEntity run) {
    return new Point(
        run.learningRate,
        run.targetMetric(run.valMetrics),
        run.valMetrics == null ? null : (Double) run.valMetrics.loss(),
        run.id.toString(),
        run.state,
        run.error);
  }
}
