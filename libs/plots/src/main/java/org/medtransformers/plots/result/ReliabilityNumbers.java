package org.medtransformers.plots.result;

import java.util.List;
import org.medtransformers.contracts.result.Calibration;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.plots.figure.Numbers;

/** The bins of reliability diagrams. */
record ReliabilityNumbers(Numbers numbers) {
  static ReliabilityNumbers of() {
    return new ReliabilityNumbers(
        new Numbers("model", "initialisation", "low", "high", "n", "confidence", "accuracy"));
  }

  /**
   * @param model null where there is one alone
   */
  ReliabilityNumbers add(Model model, List<Calibration.Bin> bins) {
    for (Calibration.Bin bin : bins) {
      numbers.line(
          model == null ? null : model.backbone(),
          model == null ? null : model.initialisation(),
          bin.low(),
          bin.high(),
          bin.n(),
          bin.n() == 0 ? null : bin.confidence(),
          bin.n() == 0 ? null : bin.accuracy());
    }
    return this;
  }
}
