package org.medtransformers.gateway.report.content;

import static org.medtransformers.gateway.report.content.DataTraits.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** Limits that lie in the runs. */
final class RunLimits {
  /** Of fewer a spread says little. */
  static final int FEWEST_TRAININGS = 3;

  /** Of the times that the models of a data set took to train. */
  static final double UNEQUAL_TIME = 2;

  private static final Set<Backbone> TOYS = Set.of(Backbone.TEST_RESNET, Backbone.TEST_VIT);

  private RunLimits() {}

  /** Runs without a result; those that have failed may have had a reason that the others lack. */
  static Stream<String> missing(Study study) {
    long all = study.runs().size();
    Map<RunState, Long> byState =
        study.runs().stream()
            .filter(trained -> trained.run().state != RunState.SUCCEEDED)
            .collect(
                Collectors.groupingBy(
                    trained -> trained.run().state, LinkedHashMap::new, Collectors.counting()));
    if (byState.isEmpty()) {
      return Stream.empty();
    }
    String states =
        Words.list(
            byState.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(Locale.ROOT))
                .toList());
    return Stream.of(
        "Of %s not all have a result (%s): the numbers are of those that have, which may be the easier ones."
            .formatted(Words.count(all, "run"), states));
  }

  /** Few trainings of a model on a data set. */
  static Stream<String> fewTrainings(Study study) {
    List<String> few =
        cells(study).entrySet().stream()
            .filter(cell -> seeds(cell.getValue()) < FEWEST_TRAININGS)
            .map(Map.Entry::getKey)
            .toList();
    return few.isEmpty()
        ? Stream.empty()
        : Stream.of(
            "Fewer than %d trainings with different seeds (%s): how much a result depends on the seed is hardly known. With one, intervals tell of other images only, not of another training."
                .formatted(FEWEST_TRAININGS, Words.list(few)));
  }

  private static Map<String, List<Trained>> cells(Study study) {
    return study.evaluated().stream()
        .collect(
            Collectors.groupingBy(
                trained -> trained.arm() + " on " + trained.dataset(),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static long seeds(List<Trained> cell) {
    return cell.stream().map(trained -> trained.run().seed).distinct().count();
  }

  /** Models of one data set that saw its images more often than others, earlier phases included. */
  static Stream<String> unequalBudgets(Study study) {
    return study.datasets().stream()
        .map(dataset -> spread(study, dataset, trained -> epochs(study, trained)))
        .filter(spread -> spread.high() > spread.low())
        .map(
            s ->
                "%s: unequal budgets, from %s (%s) to %s epochs (%s), earlier phases included: more training may be what makes the difference."
                    .formatted(
                        s.dataset(),
                        Words.number(s.low()),
                        s.lowest(),
                        Words.number(s.high()),
                        s.highest()));
  }

  private static double epochs(Study study, Trained trained) {
    return withEarlier(
        study,
        trained,
        run -> config(run).medtrans().testOnly() ? 0 : config(run).training().epochs());
  }

  /** Of a run and of the phases before it; NaN where it is not known of one of them. */
  private static double withEarlier(Study study, Trained trained, ToDoubleFunction<Trained> value) {
    double own = value.applyAsDouble(trained);
    return trained.run().phase == 1
        ? own
        : own
            + study.runs().stream()
                .filter(before -> before.run().id.equals(trained.run().sourceRunId))
                .mapToDouble(before -> withEarlier(study, before, value))
                .sum();
  }

  /** Models that took much longer than others, on machines that are alike. */
  static Stream<String> unequalTime(Study study) {
    if (Methods.machines(study).size() > 1) {
      return Stream.empty();
    }
    return study.datasets().stream()
        .map(dataset -> spread(study, dataset, run -> withEarlier(study, run, RunLimits::seconds)))
        .filter(s -> s.low() > 0 && s.high() >= UNEQUAL_TIME * s.low())
        .map(
            s ->
                "%s: trainings of %s, earlier phases included, took %s times as long as those of %s: at equal time the order may be another."
                    .formatted(
                        s.dataset(), s.highest(), Rounding.metric(s.high() / s.low()), s.lowest()));
  }

  private static double seconds(Trained trained) {
    return trained.run().costs == null
        ? Double.NaN
        : trained.run().costs.training().stream().mapToDouble(TrainingCost::seconds).sum();
  }

  private record Spread(String dataset, double low, String lowest, double high, String highest) {}

  /** Of the means of each arm. */
  private static Spread spread(Study study, String dataset, ToDoubleFunction<Trained> value) {
    Map<String, Double> byArm =
        study
            .of(dataset)
            .filter(trained -> !Double.isNaN(value.applyAsDouble(trained)))
            .collect(
                Collectors.groupingBy(
                    Trained::arm, LinkedHashMap::new, Collectors.averagingDouble(value)));
    String lowest = arm(byArm, -1);
    String highest = arm(byArm, 1);
    return new Spread(
        dataset,
        byArm.getOrDefault(lowest, 0.0),
        lowest,
        byArm.getOrDefault(highest, 0.0),
        highest);
  }

  private static String arm(Map<String, Double> byArm, int sign) {
    return byArm.entrySet().stream()
        .max(Map.Entry.comparingByValue((a, b) -> sign * Double.compare(a, b)))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** All on one kind of machine. */
  static Stream<String> oneMachine(Study study) {
    List<String> machines = Methods.machines(study);
    return machines.size() == 1
        ? Stream.of(
            "All was computed on one kind of machine: that another one comes to the same is not shown.")
        : Stream.empty();
  }

  /** Networks that are made for tests. */
  static Stream<String> toyNetworks(Study study) {
    List<String> toys =
        study.runs().stream()
            .map(trained -> config(trained).model().backbone())
            .filter(Objects::nonNull)
            .filter(TOYS::contains)
            .map(Backbone::label)
            .distinct()
            .toList();
    return toys.isEmpty()
        ? Stream.empty()
        : Stream.of(
            "%s: made to try the machinery; results say nothing of such networks."
                .formatted(Words.list(toys)));
  }
}
