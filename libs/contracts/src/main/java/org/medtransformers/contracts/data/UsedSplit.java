package org.medtransformers.contracts.data;

/**
 * Which split a prepared data set has.
 *
 * @param kind {@code seed-compatible}, {@code grouped}, {@code kfold}, or {@code official} for one
 *     that the data set brings along
 * @param sha256 of the split's text: data set, kind, parameters and the ids of each part
 * @param data hash of what was divided: label files, and of each image its name, classes, group and
 *     file, whatever part it is in and whatever size it has been brought to; null for a set of
 *     before it was kept
 * @param heldOut hash of the ids of the validation and the test part: what models are chosen and
 *     judged by; null likewise
 * @param trainFraction share of the training images that the training part has been cut to; null
 *     for all
 */
public record UsedSplit(
    String kind, String sha256, String data, String heldOut, Double trainFraction) {
  /** What it means for every number that no image has a group. */
  public static final String WITHOUT_GROUPS =
      "images count as independent; where several are of one patient, results are too good and"
          + " intervals too narrow";
}
