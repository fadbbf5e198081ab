package org.medtransformers.gateway.report;

import static org.medtransformers.gateway.report.CsvReport.orEmpty;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Curve;
import org.medtransformers.contracts.result.LabelEfficiency.Point;

/** Label-efficiency curves for other programs. */
final class LabelEfficiencyCsv {
  private LabelEfficiencyCsv() {}

  /** A line per point that has been evaluated. */
  static String render(List<LabelEfficiency> efficiencies) {
    List<List<Object>> lines = new ArrayList<>();
    for (LabelEfficiency efficiency : efficiencies) {
      for (Curve curve : efficiency.curves()) {
        for (Point point : curve.points()) {
          if (point.cell() != null) {
            lines.add(line(efficiency, curve, point, point.cell()));
          }
        }
      }
    }
    return CsvReport.csv(
        List.of(
            "dataset",
            "metric",
            "initialisation",
            "model",
            "fraction",
            "images",
            "median",
            "std",
            "n",
            "planned"),
        lines);
  }

  private static List<Object> line(
      LabelEfficiency efficiency, Curve curve, Point point, Cell cell) {
    return List.of(
        efficiency.dataset(),
        orEmpty(efficiency.metric()),
        curve.initialisation(),
        curve.backbone(),
        point.fraction(),
        orEmpty(point.images()),
        orEmpty(cell.median()),
        orEmpty(cell.std()),
        cell.n(),
        cell.planned());
  }
}
