package org.medtransformers.gateway.prediction;

import java.util.List;
import org.medtransformers.contracts.data.Split;

/**
 * Some of what a run's model said.
 *
 * @param split on which it was measured
 * @param classes names, in the order of the probabilities
 * @param images of the whole split
 * @param wrong those of them that are not predicted as what they are
 * @param total how many there are to be shown
 */
public record PredictionPage(
    Split split,
    List<String> classes,
    int images,
    int wrong,
    List<Item> items,
    int page,
    int size,
    long total) {

  /**
   * One image.
   *
   * @param row its place in the split, by which its picture is asked for
   * @param group its patient or lesion; empty where unknown
   * @param label numbers of the classes that it shows
   * @param prediction likewise, as the model says
   * @param loss negative natural logarithm of the probability of what is true, with several
   *     findings the mean over them
   * @param attention file of the run's results that shows what the model looked at; null where
   *     there is none
   */
  public record Item(
      int row,
      String image,
      String group,
      List<Integer> label,
      List<Integer> prediction,
      List<Double> probabilities,
      double loss,
      String attention) {}
}
