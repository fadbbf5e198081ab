package org.medtransformers.cli.plot;

import java.nio.file.Path;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.result.EvaluationFigures;

/** Pictures of an evaluation. */
public final class EvaluationPlots {
  private EvaluationPlots() {}

  /**
   * Draws the figures for which there are numbers, such as {@code roc.png}, into {@code folder}. A
   * picture that cannot be drawn or written is no reason to fail: the numbers are kept without it.
   */
  public static void write(EvaluationResults results, Curves curves, Path folder, Console console) {
    for (Figure figure : EvaluationFigures.of(results, curves)) {
      String name = figure.name() + ".png";
      try {
        JsonFile.writeBytes(folder.resolve(name), figure.png());
      } catch (RuntimeException | LinkageError | InternalError e) {
        // A Java without fonts or without its native parts throws any of these.
        console.notice("The plot " + name + " cannot be drawn: " + e);
      }
    }
    console.notice("Plots: " + folder);
  }
}
