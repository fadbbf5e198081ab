package org.medtransformers.gateway.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.medtransformers.contracts.cost.InferenceCost;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.result.ArmCost;
import org.medtransformers.gateway.entity.RunEntity;

/**
 * What the rows of the table have taken: medians over their runs, each kind of machine by itself. A
 * run that was trained on several would be in none of them whole, and is in none.
 */
final class ArmCosts {
  private final Map<Place, Costs> places = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /** A row on one data set and one kind of machine. */
  private record Place(String dataset, String initialisation, String backbone, Machine machine) {}

  private record Costs(List<TrainingCost> training, List<InferenceCost> inference) {}

  /**
   * @param notes what is not in the costs, and why
   */
  record Outcome(List<ArmCost> costs, List<String> notes) {}

  /**
   * In the order in which they first appear.
   *
   * @param runs those that others begin with among them
   */
  static Outcome of(List<Compared> runs) {
    ArmCosts costs = new ArmCosts();
    runs.forEach(costs::add);
    List<ArmCost> rows = new ArrayList<>();
    costs.places.forEach((place, own) -> rows.add(cost(place, own)));
    return new Outcome(List.copyOf(rows), List.copyOf(costs.notes));
  }

  private void add(Compared compared) {
    RunCosts costs = Objects.requireNonNullElse(compared.run().costs, RunCosts.NONE);
    if (costs.training().size() > 1) {
      notes.add(
          "%s: what %s #%d took to train is not in the costs: it was trained on %d kinds of machines"
              .formatted(
                  compared.dataset(),
                  compared.model(),
                  compared.run().repetition + 1,
                  costs.training().size()));
    } else {
      costs.training().forEach(c -> at(compared, c.machine()).training().add(c));
    }
    if (costs.inference() != null) {
      at(compared, costs.inference().machine()).inference().add(costs.inference());
    }
  }

  private Costs at(Compared compared, Machine machine) {
    RunEntity run = compared.run();
    String phase = run.lastPhase ? "" : " (phase " + run.phase + ")";
    Place place =
        new Place(compared.dataset(), compared.initialisation() + phase, run.backbone, machine);
    return places.computeIfAbsent(place, p -> new Costs(new ArrayList<>(), new ArrayList<>()));
  }

  private static ArmCost cost(Place place, Costs costs) {
    List<InferenceCost> inference = costs.inference();
    return new ArmCost(
        place.dataset(),
        place.initialisation(),
        place.backbone(),
        place.machine(),
        costs.training().size(),
        inference.size(),
        whole(inference, InferenceCost::parameters),
        whole(inference, InferenceCost::multiplyAdds),
        costs.training().isEmpty() ? null : training(costs.training()),
        median(inference, c -> c.pace().imagesPerSecond()),
        whole(inference, c -> c.resources().peakMemory()),
        whole(inference, c -> c.resources().peakDeviceMemory()));
  }

  private static ArmCost.Training training(List<TrainingCost> costs) {
    return new ArmCost.Training(
        median(costs, TrainingCost::secondsPerEpoch),
        median(costs, c -> c.pace().imagesPerSecond()),
        median(costs, c -> c.pace().dataWaitShare()),
        median(costs, TrainingCost::seconds),
        whole(costs, c -> c.resources().peakMemory()),
        whole(costs, c -> c.resources().peakDeviceMemory()),
        median(costs, c -> c.resources().processorJoules()),
        median(costs, c -> c.resources().deviceJoules()));
  }

  private static <T> Long whole(List<T> costs, Function<T, Long> value) {
    Double median =
        median(
            costs,
            cost -> {
              Long known = value.apply(cost);
              return known == null ? null : known.doubleValue();
            });
    return median == null ? null : Math.round(median);
  }

  /** Null where not every run tells. */
  private static <T> Double median(List<T> costs, Function<T, Double> value) {
    List<Double> values =
        costs.stream()
            .map(value)
            .flatMap(v -> v == null || !Double.isFinite(v) ? Stream.empty() : Stream.of(v))
            .toList();
    return values.isEmpty() || values.size() < costs.size() ? null : Spread.median(values);
  }
}
