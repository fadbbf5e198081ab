package org.medtransformers.planning;

/**
 * How long trainings should be, by the iterations of an epoch: from nothing a network learns in
 * updates, from a large set in few epochs.
 *
 * @param least below which a comparison says nothing: 150 updates and 5 epochs, 30 epochs at most
 * @param good twice that: what other wishes may not take away
 * @param most 3000 updates, 30 to 100 epochs: more rarely help
 */
record Epochs(int least, int good, int most) {
  private static final double LEAST_UPDATES = 150;
  private static final double MOST_UPDATES = 3000;

  static Epochs of(int iterations) {
    int least = clamp(LEAST_UPDATES / iterations, 5, 30);
    int most = clamp(MOST_UPDATES / iterations, 30, 100);
    return new Epochs(least, 2 * least, most);
  }

  private static int clamp(double epochs, int low, int high) {
    return Math.min(high, Math.max(low, (int) Math.ceil(epochs)));
  }
}
