package org.medtransformers.contracts.data;

/**
 * Which split a prepared data set has.
 *
 * @param kind {@code seed-compatible}, {@code grouped}, {@code kfold}, or {@code official} for one
 *     that the data set brings along
 * @param sha256 of the split's text: data set, kind, parameters and the ids of each part
 */
public record UsedSplit(String kind, String sha256) {
  /** What it means for every number that no image has a group. */
  public static final String WITHOUT_GROUPS =
      "images count as independent; where several are of one patient, results are too good and"
          + " intervals too narrow";
}
