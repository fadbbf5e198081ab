package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetTitle;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Point;
import org.medtransformers.contracts.result.TableText;

/** Label-efficiency curves as rows of a table: one for each model, a column for each fraction. */
final class LabelEfficiencyRows {
  private LabelEfficiencyRows() {}

  /** The head and one row per curve. */
  static List<List<String>> of(LabelEfficiency efficiency) {
    List<List<String>> rows = new ArrayList<>();
    List<Point> points =
        efficiency.curves().isEmpty() ? List.of() : efficiency.curves().get(0).points();
    rows.add(
        Stream.concat(
                Stream.of("initialisation", "model"),
                points.stream().map(LabelEfficiencyRows::head))
            .toList());
    efficiency
        .curves()
        .forEach(
            curve ->
                rows.add(
                    Stream.concat(
                            Stream.of(curve.initialisation(), curve.backbone()),
                            curve.points().stream().map(p -> TableText.cell(p.cell())))
                        .toList()));
    return rows;
  }

  /** {@code 10 %, 65 images}. */
  private static String head(Point point) {
    String images =
        point.images() == null ? "" : String.format(Locale.ROOT, ", %.0f images", point.images());
    return DatasetTitle.percent(point.fraction()) + images;
  }

  static String title(LabelEfficiency efficiency) {
    return "%s%s by share of the training images"
        .formatted(
            efficiency.dataset(), efficiency.metric() == null ? "" : " " + efficiency.metric());
  }
}
