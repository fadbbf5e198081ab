package org.medtransformers.cli.plot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.result.LabelEfficiencyPlot;
import org.medtransformers.plots.result.RanksPlot;
import org.medtransformers.plots.result.SearchPlot;

/**
 * The pictures of an experiment, a file each: its searches for the learning rate, what fewer labels
 * cost, and the ranks of its models.
 *
 * @param searches each a picture
 * @param efficiencies likewise
 * @param ranks over several data sets; null where there are none
 */
public record ExperimentPlots(
    List<LearningRateSearch> searches, List<LabelEfficiency> efficiencies, ModelRanks ranks) {
  private static final String SEARCH = "lr_finder.png";
  private static final String EFFICIENCY = "label_efficiency.png";

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return searches.isEmpty() && efficiencies.isEmpty() && ranks == null;
  }

  /**
   * Draws all and says where: into {@code file} if it is one, else into files beside it that are
   * numbered from 1. A picture that cannot be drawn or written is no reason to fail: the numbers
   * are shown and kept without it.
   */
  public void write(Path file, Console console) {
    List<Figure> all = new ArrayList<>(searchFigures());
    all.addAll(efficiencyFigures());
    all.addAll(rankFigures());
    draw(all, file, console);
  }

  /** The same but for ranks into {@code folder}, under the names of what they show. */
  public void writeInto(Path folder, Console console) {
    draw(searchFigures(), folder.resolve(SEARCH), console);
    draw(efficiencyFigures(), folder.resolve(EFFICIENCY), console);
  }

  private List<Figure> searchFigures() {
    return searches.stream().map(search -> SearchPlot.of("search", search)).toList();
  }

  private List<Figure> efficiencyFigures() {
    return efficiencies.stream()
        .map(efficiency -> LabelEfficiencyPlot.of("label-efficiency", efficiency))
        .toList();
  }

  private List<Figure> rankFigures() {
    return ranks == null ? List.of() : List.of(RanksPlot.of(ranks));
  }

  private static void draw(List<Figure> figures, Path file, Console console) {
    for (int i = 0; i < figures.size(); i++) {
      Path place = figures.size() == 1 ? file : numbered(file, i + 1);
      try {
        JsonFile.writeBytes(place, figures.get(i).png());
        console.notice("Plot: " + place);
      } catch (RuntimeException | LinkageError | InternalError e) {
        // A Java without fonts or without its native parts throws any of these.
        console.notice("The plot " + place + " cannot be drawn: " + e);
      }
    }
  }

  private static Path numbered(Path file, int number) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
    return file.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
  }
}
