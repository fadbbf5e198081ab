package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Initialisation × model against data set, as in the paper: median ± standard deviation of the test
 * metric.
 */
public record ComparisonTable(List<Column> columns, List<Row> rows) {

  /**
   * @param metric name of the data set's target metric
   * @param splits that the runs had, in the order in which they first appear
   */
  public record Column(String dataset, String metric, boolean synthetic, List<ColumnSplit> splits) {
    public Column {
      splits = splits == null ? List.of() : List.copyOf(splits);
    }
  }

  /**
   * @param leakingGroups patients or lesions in more than one part; null where none is known
   */
  public record ColumnSplit(String kind, String sha256, Integer leakingGroups) {}

  /** One cell per column; null where no run of that kind has been evaluated. */
  public record Row(String initialisation, String backbone, List<Cell> cells) {}

  /**
   * @param std with n-1; null for a single run
   * @param n evaluated runs
   * @param planned runs asked for
   */
  public record Cell(
      Double median, @JsonProperty("std") Double std, int n, int planned, List<Double> values) {}
}
