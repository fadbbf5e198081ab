package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.result.ArmCost;

/**
 * What trainings and evaluations took, as rows of a table; the machines have letters, which are
 * explained below it.
 */
final class CostRows {
  private static final List<String> HEAD =
      List.of(
          "initialisation",
          "model",
          "data set",
          "machine",
          "runs",
          "parameters",
          "multiply-adds",
          "s/epoch",
          "training images/s",
          "data wait",
          "test images/s",
          "memory",
          "GPU memory",
          "energy",
          "GPU energy");
  private static final double MIB = 1 << 20;
  private static final double JOULES_PER_WH = 3600;

  private CostRows() {}

  /**
   * The head and one row per arm, data set and machine; without columns that nothing is known of.
   */
  static List<List<String>> of(List<ArmCost> costs) {
    List<Machine> machines = machines(costs);
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    costs.forEach(cost -> rows.add(row(cost, machines)));
    List<Integer> told =
        IntStream.range(0, HEAD.size())
            .filter(c -> rows.stream().skip(1).anyMatch(row -> !row.get(c).equals(Rounding.NONE)))
            .boxed()
            .toList();
    return rows.stream().map(row -> told.stream().map(row::get).toList()).toList();
  }

  private static List<String> row(ArmCost cost, List<Machine> machines) {
    return List.of(
        cost.initialisation(),
        cost.backbone(),
        cost.dataset(),
        letter(machines.indexOf(cost.machine())),
        Integer.toString(Math.max(cost.runs(), cost.evaluated())),
        count(cost.parameters()),
        count(cost.multiplyAdds()),
        training(cost, t -> Rounding.decimals("%.1f", t.secondsPerEpoch())),
        training(cost, t -> Rounding.decimals("%.1f", t.imagesPerSecond())),
        training(
            cost,
            t ->
                t.dataWaitShare() == null
                    ? Rounding.NONE
                    : Rounding.decimals("%.0f %%", 100 * t.dataWaitShare())),
        Rounding.decimals("%.1f", cost.inferenceImagesPerSecond()),
        training(cost, t -> memory(t.memory())),
        training(cost, t -> memory(t.deviceMemory())),
        training(cost, t -> energy(t.processorJoules())),
        training(cost, t -> energy(t.deviceJoules())));
  }

  /** What the columns mean, and which machine each letter stands for. */
  static List<String> notes(List<ArmCost> costs) {
    if (costs.isEmpty()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "Costs: medians over runs; memory of the training process and energy of the whole machine's"
            + " processors or GPU, as far as it tells; multiply-adds of one image. Numbers of"
            + " different machines say nothing of models.");
    List<Machine> machines = machines(costs);
    for (int i = 0; i < machines.size(); i++) {
      notes.add("Machine " + letter(i) + ": " + machines.get(i));
    }
    return notes;
  }

  private static List<Machine> machines(List<ArmCost> costs) {
    return costs.stream().map(ArmCost::machine).distinct().toList();
  }

  /** A to Z, then A2, B2, … */
  private static String letter(int number) {
    int letters = 'Z' - 'A' + 1;
    String round = number < letters ? "" : Integer.toString(number / letters + 1);
    return (char) ('A' + number % letters) + round;
  }

  private static String training(ArmCost cost, Function<ArmCost.Training, String> text) {
    return cost.training() == null ? Rounding.NONE : text.apply(cost.training());
  }

  /** {@code 25.6 M}, {@code 4.09 G}. */
  private static String count(Long value) {
    if (value == null) {
      return Rounding.NONE;
    }
    if (value < 1_000_000) {
      return value.toString();
    }
    return value < 1_000_000_000
        ? Rounding.decimals("%.1f M", value / 1e6)
        : Rounding.decimals("%.2f G", value / 1e9);
  }

  private static String memory(Long bytes) {
    return bytes == null ? Rounding.NONE : Rounding.decimals("%.0f MiB", bytes / MIB);
  }

  private static String energy(Double joules) {
    return joules == null ? Rounding.NONE : Rounding.decimals("%.2f Wh", joules / JOULES_PER_WH);
  }
}
