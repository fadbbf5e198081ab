package org.medtransformers.planning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.comparison.Question;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Plans a comparison. In this order the time is spent: three seeds of a CNN and a transformer from
 * first weights on small images; folds, where there are few images; published weights, where they
 * are at hand; DINO; larger images; more epochs; more seeds. A wish is granted where it leaves each
 * training a good length ({@link Epochs}), as measured where it was, else as scaled from a smaller
 * size; before a plan counts all of it is measured.
 */
public final class Planner {
  /** Fewer say nothing of the spread. */
  static final int SEEDS = 3;

  private static final int MOST_SEEDS = 10;

  /** What stays for what nobody has foreseen. */
  private static final double USED = 0.95;

  private final Facts facts;
  private final DataLook look;
  private final Map<Setting, Speed> known;
  private final boolean published;
  private final int seeds;

  private Planner(Facts facts, Map<Setting, Speed> known) {
    this.facts = facts;
    this.look = facts.look();
    this.known = known;
    this.published =
        facts.request().question() == Question.ALL
            && Sizes.fitsPublished(facts.request().options().imageSize())
            && facts.weights().containsAll(List.of(Backbone.RESNET18, Backbone.DEIT_TINY));
    this.seeds = Objects.requireNonNullElse(facts.request().options().repetitions(), SEEDS);
  }

  /**
   * What comes next.
   *
   * @param known speeds that were measured
   * @throws MedtransException where the data or the wishes cannot be, or the time does not suffice,
   *     saying which would
   */
  public static Step next(Facts facts, Map<Setting, Speed> known) {
    Wishes.require(facts.request());
    DataRules.require(facts.look());
    return new Planner(facts, known).next();
  }

  private Step next() {
    List<Division> divisions = Division.of(look);
    int size = beginningSize();
    // Batches are those of the smallest training part that may come, so that speeds hold for all.
    int batch =
        divisions.stream().mapToInt(d -> Sizes.batch(d.parts().train())).min().orElseThrow();
    Optional<Pair> beginning = pair(size, batch);
    if (beginning.isEmpty()) {
      return measure(candidates(size, batch));
    }
    Workload load = workload(divisions, beginning.get());
    return grown(load).map(this::measure).orElseGet(() -> planned(chosen(load)));
  }

  private int beginningSize() {
    Integer wanted = facts.request().options().imageSize();
    List<Integer> sizes = Sizes.upTo(look.medianSide(), published);
    return wanted == null
        ? sizes.stream().filter(s -> s <= Sizes.BEGINNING).reduce((a, b) -> b).orElseThrow()
        : wanted;
  }

  private List<Setting> candidates(int size, int batch) {
    return Stream.concat(
            Stream.of(Sizes.cnn(size, batch, look.channels())),
            Sizes.transformers(size, batch, look.channels(), published))
        .toList();
  }

  /** The CNN with the transformer that is nearest in time; empty where not all are measured. */
  private Optional<Pair> pair(int size, int batch) {
    List<Setting> all = candidates(size, batch);
    if (!known.keySet().containsAll(all)) {
      return Optional.empty();
    }
    return all.stream()
        .skip(1)
        .map(transformer -> new Pair(all.get(0), transformer, known))
        .min(Comparator.comparingDouble(Pair::ratio));
  }

  private double available() {
    return USED * facts.given() - facts.spent();
  }

  private static Epochs lengths(Workload load) {
    return Epochs.of(load.iterations());
  }

  private boolean leavesEnough(Workload load) {
    return load.epochs(available(), seeds, lengths(load).good()) == lengths(load).good();
  }

  /** The least that answers, with folds where they are wanted and fit. */
  private Workload workload(List<Division> divisions, Pair pair) {
    List<Workload> loads =
        divisions.stream()
            .map(
                d ->
                    new Workload(
                        d, pair, List.of(Beginning.RANDOM), look.task(), look.secondsPerImage()))
            .toList();
    Workload last = loads.get(loads.size() - 1);
    Workload load = loads.stream().filter(this::leavesEnough).findFirst().orElse(last);
    if (load.epochs(available(), seeds, lengths(load).least()) < lengths(load).least()) {
      throw tooShort(load);
    }
    return load;
  }

  private MedtransException tooShort(Workload load) {
    double needed = (load.total(lengths(load).least(), seeds) + facts.spent()) / USED;
    return MedtransException.of(
        ErrorCode.INVALID_REQUEST,
        "time: found \"%s\"; %d seeds of %s and %s on %d-pixel images, %d epochs each, need %s here; allowed: from %dm"
            .formatted(
                facts.request().time(),
                seeds,
                load.pair().cnn().backbone().label(),
                load.pair().transformer().backbone().label(),
                load.pair().size(),
                lengths(load).least(),
                ComparisonPlan.duration(needed),
                (long) Math.ceil(needed / 60)));
  }

  /** {@code least} with all that fits, as far as is known. */
  private Workload chosen(Workload least) {
    Workload load = withBeginnings(least);
    List<Integer> larger =
        facts.request().options().imageSize() == null
            ? Sizes.upTo(look.medianSide(), published).stream()
                .filter(s -> s > least.pair().size())
                .sorted(Comparator.reverseOrder())
                .toList()
            : List.of();
    return larger.stream()
        .map(size -> load.with(at(size, least.pair())))
        .filter(this::leavesEnough)
        .findFirst()
        .orElse(load);
  }

  /** As measured, else as it may be. */
  private Pair at(int size, Pair beginning) {
    return pair(size, beginning.cnn().batch()).orElseGet(() -> beginning.guessedAt(size));
  }

  private Workload withBeginnings(Workload least) {
    Workload load = least;
    List<Beginning> wanted = new ArrayList<>(List.of(Beginning.RANDOM));
    for (Beginning more : further()) {
      wanted.add(more);
      Workload with = load.with(List.copyOf(wanted));
      if (leavesEnough(with)) {
        load = with;
      } else {
        wanted.remove(more);
      }
    }
    return load;
  }

  private List<Beginning> further() {
    return switch (facts.request().question()) {
      case ARCHITECTURE -> List.of();
      case ALL ->
          published ? List.of(Beginning.PRETRAINED, Beginning.DINO) : List.of(Beginning.DINO);
    };
  }

  /** What must be measured before the choice counts. */
  private Optional<List<Setting>> grown(Workload least) {
    Workload load = chosen(least);
    List<Setting> candidates = candidates(load.pair().size(), load.pair().cnn().batch());
    if (!known.keySet().containsAll(candidates)) {
      return Optional.of(candidates);
    }
    List<Setting> phases =
        load.pair()
            .networks()
            .filter(n -> load.beginnings().contains(Beginning.DINO))
            .map(n -> n.with(TrainingMethod.DINO))
            .filter(n -> !known.containsKey(n))
            .toList();
    return Optional.of(phases).filter(p -> !p.isEmpty());
  }

  private Step measure(List<Setting> settings) {
    List<Setting> missing = settings.stream().filter(s -> !known.containsKey(s)).toList();
    return new Step.Measure(missing, Probe.document(look, missing));
  }

  private Step planned(Workload load) {
    int epochs = load.epochs(available(), seeds, lengths(load).most());
    int repetitions = seeds;
    boolean free = facts.request().options().repetitions() == null;
    while (free
        && epochs == lengths(load).most()
        && repetitions < MOST_SEEDS
        && load.total(epochs, repetitions + 1) <= available()) {
      repetitions++;
    }
    return new Step.Planned(new PlanText(facts, load, epochs, repetitions, published).plan());
  }
}
