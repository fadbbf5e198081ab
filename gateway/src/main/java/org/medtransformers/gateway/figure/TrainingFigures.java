package org.medtransformers.gateway.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.gateway.comparison.Compared;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunEventEntity;
import org.medtransformers.gateway.run.Curves;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Point;
import org.medtransformers.plots.result.TrainingCurves;

/** Training curves from the history of runs. */
final class TrainingFigures {
  /** Points of a training loss that a picture of many runs can show. */
  private static final int SAMPLED = 200;

  private static final List<String> WHOLE =
      List.of(name(TrainingEvent.Started.class), name(TrainingEvent.Validated.class));

  private TrainingFigures() {}

  private static String name(Class<? extends TrainingEvent> kind) {
    return EventTypes.of(kind).name();
  }

  /** The curves of one training. */
  record Told(List<Point> loss, List<Point> validationLoss, List<Point> metric) {}

  /** What is sampled of the history of {@code run}; in a transaction. */
  static Told sampled(RunEntity run) {
    return told(
        run,
        Curves.of(
            RunEventEntity.sampled(run.id, WHOLE, name(TrainingEvent.Progress.class), SAMPLED)
                .stream()
                .map(TrainingFigures::event)));
  }

  private static TrainingEvent event(RunEventEntity.Told event) {
    return (TrainingEvent)
        Json.read(event.payload(), EventTypes.named(event.type()).orElseThrow().record());
  }

  private static Told told(RunEntity run, Curves curves) {
    return new Told(
        curves.progress().stream().map(p -> Point.of(p.epoch(), p.loss())).toList(),
        curves.validations().stream()
            .filter(v -> v.metrics() != null)
            .map(v -> Point.of(v.epoch(), v.metrics().loss()))
            .toList(),
        curves.validations().stream()
            .filter(v -> v.metrics() != null || v.knn() != null)
            .map(v -> Point.of(v.epoch(), metric(run, v)))
            .toList());
  }

  /** Of a training without labels that of its neighbours. */
  private static double metric(RunEntity run, TrainingEvent.Validated validated) {
    Double value = Objects.requireNonNullElse(run.targetMetric(validated.metrics()), Double.NaN);
    Double knn = run.targetMetric(validated.knn());
    return validated.metrics() == null && knn != null ? knn : value;
  }

  /** Of one run; empty where nothing is known yet. */
  static Optional<Figure> ofRun(RunEntity run) {
    if (run.prepared == null) {
      return Optional.empty();
    }
    Told told = sampled(run);
    return TrainingCurves.figure(
        "training-curves",
        run.modelName,
        "Loss of the training, of very many reports about 200, and of the validation split; the metric is of the validation split.",
        run.prepared.description().targetMetric().key(),
        List.of(new TrainingCurves(null, 1, told.loss(), told.validationLoss(), told.metric())));
  }

  /**
   * Of one data set, a model for each list.
   *
   * @param suffix of the figure's name
   */
  static Optional<Figure> ofModels(
      String suffix, String dataset, List<List<Compared>> models, List<List<Told>> told) {
    List<TrainingCurves> curves = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      List<Told> own =
          told.get(m).stream().filter(t -> !t.loss().isEmpty() || !t.metric().isEmpty()).toList();
      if (!own.isEmpty()) {
        curves.add(
            new TrainingCurves(
                models.get(m).get(0).model().toString(),
                own.size(),
                band(own.stream().map(Told::loss)),
                band(own.stream().map(Told::validationLoss)),
                band(own.stream().map(Told::metric))));
      }
    }
    return TrainingCurves.figure(
        "training-curves" + suffix,
        dataset,
        "Mean over the trainings of a model; bands: between their 5 % and 95 % quantiles, epoch by epoch, as far as all of them went. The training loss is sampled at about "
            + SAMPLED
            + " reports of each; validation losses are dashed.",
        models.get(0).get(0).run().prepared.description().targetMetric().key(),
        curves);
  }

  private static List<Point> band(Stream<List<Point>> curves) {
    return CurveBands.of(curves.toList());
  }
}
