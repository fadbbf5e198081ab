package org.medtransformers.planning;

import java.util.List;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.Task;

/**
 * How long runs take.
 *
 * @param secondsPerImage that preparing one takes
 */
record Workload(
    Division division, Pair pair, List<Beginning> beginnings, Task task, double secondsPerImage) {
  /** So many validations has a training, or one in each epoch of fewer. */
  static final int VALIDATIONS = 10;

  /** Half of the validations find a better model, as a rule of thumb. */
  private static final double BETTER = 0.5;

  /** Resizing and writing, beside reading and decoding. */
  private static final double PREPARING = 1.2;

  private static final double PREPARING_AT_LEAST = 2;

  /** Seconds of one run with labels and of the phases before it. */
  double run(Setting network, Beginning beginning, int epochs) {
    double supervised = supervised(pair.speed(network), epochs);
    return switch (beginning) {
      case RANDOM, PRETRAINED -> supervised;
      case DINO -> supervised + unsupervised(network, epochs);
    };
  }

  private double supervised(Speed speed, int epochs) {
    SplitSizes parts = division.parts();
    int validations = Math.min(epochs, VALIDATIONS);
    double validation = parts.val() * speed.perEvaluated() + BETTER * speed.perValidation();
    return speed.perRun()
        + (double) epochs * trained() * speed.perImage()
        + validations * validation
        + evaluated(task, parts) * speed.perEvaluated();
  }

  /** Neighbours are asked at the beginning, at the end and in the test. */
  private double unsupervised(Setting network, int epochs) {
    Speed speed = pair.speed(network.with(TrainingMethod.DINO));
    SplitSizes parts = division.parts();
    int embedded = 3 * parts.train() + 2 * parts.val() + evaluated(task, parts);
    return speed.perRun()
        + (double) epochs * trained() * speed.perImage()
        + embedded * speed.perEvaluated();
  }

  /** Images of one epoch: an incomplete batch is dropped. */
  int trained() {
    return iterations() * pair.cnn().batch();
  }

  int iterations() {
    return Math.max(1, division.parts().train() / pair.cnn().batch());
  }

  /** Of two classes the threshold is chosen on the validation split. */
  static int evaluated(Task task, SplitSizes parts) {
    return switch (task) {
      case BINARY -> parts.val() + parts.test();
      case MULTI_CLASS, MULTI_LABEL -> parts.test();
    };
  }

  /** Runs with labels of one arm. */
  int runs(int repetitions) {
    return repetitions * division.folds();
  }

  double arm(Setting network, Beginning beginning, int epochs, int repetitions) {
    return runs(repetitions) * run(network, beginning, epochs);
  }

  /** Every fold is prepared by itself. */
  double preparing() {
    SplitSizes parts = division.parts();
    int images = parts.train() + parts.val() + parts.test();
    return division.folds() * (PREPARING_AT_LEAST + PREPARING * images * secondsPerImage);
  }

  /** Seconds of everything. */
  double total(int epochs, int repetitions) {
    return preparing()
        + beginnings.stream()
            .flatMapToDouble(
                beginning ->
                    pair.networks().mapToDouble(n -> arm(n, beginning, epochs, repetitions)))
            .sum();
  }

  /** The most epochs, up to {@code most}, that fit into {@code seconds}; 0 where none does. */
  int epochs(double seconds, int repetitions, int most) {
    int epochs = most;
    while (epochs > 0 && total(epochs, repetitions) > seconds) {
      epochs--;
    }
    return epochs;
  }

  Workload with(List<Beginning> others) {
    return new Workload(division, pair, others, task, secondsPerImage);
  }

  Workload with(Pair other) {
    return new Workload(division, other, beginnings, task, secondsPerImage);
  }
}
