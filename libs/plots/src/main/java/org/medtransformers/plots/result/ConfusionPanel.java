package org.medtransformers.plots.result;

import java.util.List;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.plots.figure.Axis;
import org.medtransformers.plots.figure.Cells;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Panel;

/** Confusion matrices. */
final class ConfusionPanel {
  /** With more no cell can be seen, and the picture is large. */
  static final int MOST_CLASSES = 40;

  private static final int HEIGHT = 640;

  private ConfusionPanel() {}

  /**
   * @param counts rows are truth, columns prediction
   */
  static Panel of(String title, String subtitle, List<String> names, List<List<Long>> counts) {
    return new Panel(
        title,
        subtitle,
        Axis.named("prediction", names),
        Axis.named("truth", names).falling(),
        List.of(new Cells(counts)),
        HEIGHT);
  }

  static Table numbers() {
    return new Table(new Numbers("model", "initialisation", "truth", "prediction", "images"));
  }

  /** A line for each cell. */
  record Table(Numbers numbers) {
    /**
     * @param model null where there is one alone
     */
    Table add(Model model, List<String> names, List<List<Long>> counts) {
      for (int r = 0; r < counts.size(); r++) {
        for (int c = 0; c < counts.size(); c++) {
          numbers.line(
              model == null ? null : model.backbone(),
              model == null ? null : model.initialisation(),
              names.get(r),
              names.get(c),
              counts.get(r).get(c));
        }
      }
      return this;
    }
  }
}
