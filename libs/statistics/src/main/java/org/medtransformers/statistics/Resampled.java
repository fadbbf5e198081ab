package org.medtransformers.statistics;

import java.util.Map;

/** What is measured of images each of which counts any number of times. */
public interface Resampled {
  /**
   * The measures by their names.
   *
   * @param counts how often each image counts
   * @return NaN for one that is undefined then
   */
  Map<String, Double> values(int[] counts);

  /**
   * Whether a measure changes smoothly with the weights of the images, as functions of means and
   * the area under the ROC curve do: BCa asks for it. Order statistics and what is built on them
   * move in steps.
   */
  boolean smooth(String name);

  /** Images that show each class. */
  int[] support();
}
