package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Initialisation × model against data set, as in the paper: median ± standard deviation of the test
 * metric; of a cross-validation the metric of all its folds' predictions together.
 */
public record ComparisonTable(List<Column> columns, List<Row> rows) {

  /**
   * A data set, divided in one way.
   *
   * @param dataset what it is called; no other column is called so
   * @param metric name of the data set's target metric
   * @param splits that the runs had, in the order in which they first appear: of a cross-validation
   *     one for each fold of each division, else such as have the same validation and test images
   * @param folds of a cross-validation; null where there is none
   */
  public record Column(
      String dataset, String metric, boolean synthetic, List<ColumnSplit> splits, Integer folds) {
    public Column {
      splits = splits == null ? List.of() : List.copyOf(splits);
    }

    /** Without folds. */
    public Column(String dataset, String metric, boolean synthetic, List<ColumnSplit> splits) {
      this(dataset, metric, synthetic, splits, null);
    }
  }

  /**
   * @param leakingGroups patients or lesions in more than one part; null where none is known
   */
  public record ColumnSplit(String kind, String sha256, Integer leakingGroups) {}

  /** One cell per column; null where no run of that kind has been evaluated. */
  public record Row(String initialisation, String backbone, List<Cell> cells) {}

  /**
   * @param median null where predictions are missing that it would be of
   * @param std with n-1; null for a single value
   * @param n evaluated runs; of a cross-validation, divisions whose folds have all been evaluated,
   *     each as often as it was trained by another seed
   * @param planned likewise, asked for
   * @param values of the runs; of a cross-validation, of each division's predictions together.
   *     Where no division is whole, of what there is of them
   * @param folds null where there are none
   */
  public record Cell(
      Double median,
      @JsonProperty("std") Double std,
      int n,
      int planned,
      List<Double> values,
      Folds folds) {
    public Cell {
      values = values == null ? List.of() : List.copyOf(values);
    }

    /** Without folds. */
    public Cell(Double median, Double std, int n, int planned, List<Double> values) {
      this(median, std, n, planned, values, null);
    }
  }

  /**
   * A cross-validation. Pooled numbers are of each division's predictions together, every image
   * being tested once, and null where predictions cannot be read.
   *
   * @param pooled mean over divisions and seeds
   * @param low of the 95 % percentile interval over patients or lesions, or images
   * @param high likewise
   * @param images that were tested
   * @param groups patients or lesions among them; null where none is known
   * @param of folds of a division
   * @param evaluated folds that the numbers are of
   * @param atHand folds that have been evaluated, those of divisions that are not whole among them
   * @param mean over those folds of the metric of each by itself
   * @param std over those folds, with n-1; null for a single one
   */
  public record Folds(
      Double pooled,
      Double low,
      Double high,
      Integer images,
      Integer groups,
      int of,
      int evaluated,
      int atHand,
      double mean,
      Double std) {}
}
