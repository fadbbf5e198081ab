package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Calibration;

/** How confidence and accuracy go together, see {@link Calibration}. */
public final class Reliability {
  private static final int BINS = 15;

  private final int[] n = new int[BINS];
  private final int[] right = new int[BINS];
  private final double[] confidence = new double[BINS];

  private Reliability() {}

  /** The calibration in fifteen bins. */
  public static Calibration of(Outcomes outcomes) {
    Reliability reliability = new Reliability();
    for (int d = 0; d < outcomes.decisions(); d++) {
      for (int i = 0; i < outcomes.images(); i++) {
        reliability.add(confidence(outcomes, d, i), outcomes.right(d, i));
      }
    }
    return reliability.calibration();
  }

  /** The probability of what is predicted. */
  private static double confidence(Outcomes outcomes, int decision, int image) {
    int predicted = outcomes.predicted(decision, image);
    if (outcomes.task() == Task.MULTI_LABEL) {
      double shown = outcomes.probability(image, decision);
      return predicted == 1 ? shown : 1 - shown;
    }
    return outcomes.probability(image, predicted);
  }

  private void add(double sure, boolean correct) {
    int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(sure * BINS) - 1));
    n[bin]++;
    right[bin] += correct ? 1 : 0;
    confidence[bin] += sure;
  }

  private Calibration calibration() {
    List<Calibration.Bin> bins = new ArrayList<>();
    double error = 0;
    long all = 0;
    for (int b = 0; b < BINS; b++) {
      bins.add(
          new Calibration.Bin(
              (double) b / BINS,
              (b + 1.0) / BINS,
              n[b],
              confidence[b] / n[b],
              (double) right[b] / n[b]));
      error += Math.abs(right[b] - confidence[b]);
      all += n[b];
    }
    return new Calibration(error / all, bins);
  }
}
