package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.Intervals.Interval;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Claim;
import org.medtransformers.contracts.result.PairedComparison.McNemarResult;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.statistics.EvaluatedRun.Training;
import org.medtransformers.statistics.HierarchicalBootstrap.Repetition;

/**
 * Tests between the models of one initialisation and between the initialisations of one model, on
 * one data set each: the difference of the target metric by {@link HierarchicalBootstrap}, {@link
 * McNemar} per pair of trainings with the same seed, and across the folds of a cross-validation
 * {@link CorrectedResampledT}.
 */
public final class PairedComparisons {
  /** So many that {@link Holm} over a table of 18 cells leaves room below 0.05: 27 · 2/10001. */
  private static final int DRAWS = 10_000;

  private static final long SEED = 0;

  private final Terms terms;
  private final List<PairedComparison> tests = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private PairedComparisons(Terms terms) {
    this.terms = terms;
  }

  /**
   * What the runs of a data set do not say themselves.
   *
   * @param classes names, in the order of their numbers
   * @param rope of each model, the largest difference that does not matter; of a pair the smaller
   *     one counts
   */
  public record Terms(List<String> classes, ToDoubleFunction<Model> rope) {}

  /**
   * @param tests uncorrected and undecided
   * @param measured what is compared
   * @param notes what could not be compared and why
   */
  public record Outcome(
      List<PairedComparison> tests, MeasuredModels measured, List<String> notes) {}

  /** The trainings of one model on one data set, by what makes them pairs. */
  private record Kind(Model model, Map<Training, Trained> trainings) {
    Trained any() {
      return trainings.values().iterator().next();
    }

    HeldOutSet test() {
      return any().run().test();
    }

    double mean() {
      return trainings.values().stream()
          .mapToDouble(t -> t.measured().value())
          .average()
          .orElseThrow();
    }
  }

  /**
   * @param bootstrap that it was measured by, with all others that were tested on its images
   */
  private record Trained(EvaluatedRun run, Repetition measured, HierarchicalBootstrap bootstrap) {}

  /**
   * All tests of one data set.
   *
   * @param runs of that data set, one or more, models in the order of their first appearance
   */
  public static Outcome of(List<EvaluatedRun> runs, Terms terms) {
    PairedComparisons tests = new PairedComparisons(terms);
    List<Kind> kinds = tests.kinds(runs);
    for (int i = 0; i < kinds.size(); i++) {
      for (int j = i + 1; j < kinds.size(); j++) {
        if (comparable(kinds.get(i).model(), kinds.get(j).model())) {
          tests.compare(kinds.get(i), kinds.get(j));
        }
      }
    }
    EvaluatedRun any = runs.get(0);
    Map<Model, Double> means = new LinkedHashMap<>();
    kinds.forEach(kind -> means.put(kind.model(), kind.mean()));
    return new Outcome(
        List.copyOf(tests.tests),
        new MeasuredModels(
            any.dataset(),
            any.metric().key(),
            means,
            kinds.stream().map(Kind::test).distinct().count() == 1),
        List.copyOf(tests.notes));
  }

  /** How many tests models make among themselves. */
  public static int count(List<Model> models) {
    int count = 0;
    for (int i = 0; i < models.size(); i++) {
      for (int j = i + 1; j < models.size(); j++) {
        count += comparable(models.get(i), models.get(j)) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean comparable(Model first, Model second) {
    return first.initialisation().equals(second.initialisation())
        != first.backbone().equals(second.backbone());
  }

  private List<Kind> kinds(List<EvaluatedRun> runs) {
    Map<Model, Map<Training, Trained>> byModel = new LinkedHashMap<>();
    runs.forEach(run -> byModel.put(run.model(), new TreeMap<>()));
    runs.stream()
        .collect(Collectors.groupingBy(EvaluatedRun::test))
        .forEach(
            (test, onIt) ->
                trained(test, onIt)
                    .forEach(t -> byModel.get(t.run().model()).put(t.run().training(), t)));
    List<Kind> kinds = new ArrayList<>();
    byModel.forEach(
        (model, trainings) -> {
          if (trainings.values().stream().map(t -> t.run().test()).distinct().count() == 1) {
            kinds.add(new Kind(model, trainings));
          } else {
            notes.add(
                "%s: %s is not compared, its repetitions were tested on different images"
                    .formatted(runs.get(0).dataset(), model));
          }
        });
    return kinds;
  }

  private static List<Trained> trained(HeldOutSet test, List<EvaluatedRun> runs) {
    List<ToDoubleFunction<int[]>> values = runs.stream().map(EvaluatedRun::value).toList();
    HierarchicalBootstrap bootstrap = new HierarchicalBootstrap(test, DRAWS, SEED);
    List<Repetition> found = bootstrap.measure(values);
    return IntStream.range(0, runs.size())
        .mapToObj(i -> new Trained(runs.get(i), found.get(i), bootstrap))
        .toList();
  }

  private void compare(Kind first, Kind second) {
    String dataset = first.trainings().values().iterator().next().run().dataset();
    String pair =
        "%s: %s and %s are not compared, ".formatted(dataset, first.model(), second.model());
    if (!first.test().equals(second.test())) {
      notes.add(pair + "they were tested on different images");
      return;
    }
    List<Training> common =
        first.trainings().keySet().stream().filter(second.trainings()::containsKey).toList();
    if (common.isEmpty()) {
      notes.add(pair + "no two of their trainings have the same seed");
      return;
    }
    tests.add(test(first, second, common));
  }

  private PairedComparison test(Kind first, Kind second, List<Training> common) {
    List<Trained> ofFirst = common.stream().map(first.trainings()::get).toList();
    List<Trained> ofSecond = common.stream().map(second.trainings()::get).toList();
    HeldOutSet test = first.test();
    double rope =
        Math.min(
            terms.rope().applyAsDouble(first.model()), terms.rope().applyAsDouble(second.model()));
    HierarchicalBootstrap bootstrap = first.any().bootstrap();
    HierarchicalBootstrap.Difference found =
        bootstrap.difference(measured(ofFirst), measured(ofSecond), rope);
    EvaluatedRun any = ofFirst.get(0).run();
    return new PairedComparison(
        any.dataset(),
        any.metric().key(),
        first.model(),
        second.model(),
        common.size(),
        test.size(),
        test.knownGroups().isPresent() ? test.knownGroups().getAsInt() : null,
        difference(found),
        claim(found, rope, bootstrap.images(), test),
        mcNemar(common, ofFirst, ofSecond),
        FoldDifferences.of(runs(ofFirst), runs(ofSecond)).orElse(null));
  }

  private static PairedComparison.Difference difference(HierarchicalBootstrap.Difference found) {
    Interval interval = found.interval();
    return new PairedComparison.Difference(
        found.value(),
        interval.low(),
        interval.high(),
        interval.method(),
        found.p(),
        Double.NaN,
        interval.resamples());
  }

  private Claim claim(
      HierarchicalBootstrap.Difference found, double rope, Bootstrap drawn, HeldOutSet test) {
    OptionalLong needed = RequiredGroups.of(drawn.units(), found.value(), found.standardError());
    return new Claim(
        found.superiority().firstBetter(),
        found.superiority().equivalent(),
        rope,
        drawn.unit(),
        drawn.units(),
        found.standardError(),
        needed.isPresent() ? needed.getAsLong() : null,
        drawn.few(terms.classes(), test.support(terms.classes().size())),
        null);
  }

  private static List<EvaluatedRun> runs(List<Trained> trainings) {
    return trainings.stream().map(Trained::run).toList();
  }

  private static List<Repetition> measured(List<Trained> trainings) {
    return trainings.stream().map(Trained::measured).toList();
  }

  private static List<McNemarResult> mcNemar(
      List<Training> common, List<Trained> first, List<Trained> second) {
    List<McNemarResult> tests = new ArrayList<>();
    for (int i = 0; i < common.size(); i++) {
      McNemar found = McNemar.of(first.get(i).run().right(), second.get(i).run().right());
      tests.add(
          new McNemarResult(
              common.get(i).division(),
              common.get(i).seed(),
              found.firstOnly(),
              found.secondOnly(),
              found.exact(),
              found.p(),
              Double.NaN));
    }
    return List.copyOf(tests);
  }

  /**
   * {@code tests} of a whole table, each kind of test corrected by {@link Holm} for its number,
   * with the {@link Verdict} that follows.
   */
  public static List<PairedComparison> corrected(List<PairedComparison> tests) {
    double[] differences =
        Holm.adjusted(tests.stream().mapToDouble(t -> t.difference().p()).toArray());
    double[] perSeed =
        Holm.adjusted(
            tests.stream()
                .flatMap(t -> t.perSeed().stream())
                .mapToDouble(McNemarResult::p)
                .toArray());
    double[] folds =
        Holm.adjusted(
            tests.stream()
                .mapToDouble(t -> t.folds() == null ? Double.NaN : t.folds().p())
                .toArray());
    List<PairedComparison> corrected = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < tests.size(); i++) {
      List<McNemarResult> pairs = new ArrayList<>();
      for (McNemarResult pair : tests.get(i).perSeed()) {
        pairs.add(pair.corrected(perSeed[next++]));
      }
      PairedComparison known = tests.get(i).corrected(differences[i], pairs, folds[i]);
      corrected.add(known.decided(Verdict.of(known).decision()));
    }
    return List.copyOf(corrected);
  }
}
