package org.medtransformers.learning.schedule;

/**
 * Where a schedule stands.
 *
 * @param iteration iterations done
 * @param lr learning rate of the next iteration
 * @param momentum of the next iteration: beta1 of Adam, momentum of SGD
 * @param plateau what {@code ReduceLROnPlateau} remembers
 */
public record Position(long iteration, double lr, double momentum, Plateau plateau) {
  /**
   * @param best metric so far; null before the first
   * @param badEpochs in a row without an improvement
   * @param cooldown epochs for which none are counted
   */
  public record Plateau(Double best, int badEpochs, int cooldown) {}

  static Position initial(double lr, double momentum) {
    return new Position(0, lr, momentum, new Plateau(null, 0, 0));
  }

  Position nextIteration() {
    return new Position(iteration + 1, lr, momentum, plateau);
  }

  Position withLr(double newLr) {
    return new Position(iteration, newLr, momentum, plateau);
  }

  Position withMomentum(double newMomentum) {
    return new Position(iteration, lr, newMomentum, plateau);
  }

  Position withPlateau(Plateau newPlateau) {
    return new Position(iteration, lr, momentum, newPlateau);
  }
}
