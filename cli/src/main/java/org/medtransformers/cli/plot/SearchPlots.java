package org.medtransformers.cli.plot;

import java.nio.file.Path;
import java.util.List;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.LearningRateSearch;

/** The pictures of an experiment's searches for the learning rate, a file each. */
public final class SearchPlots {
  private SearchPlots() {}

  /**
   * Draws every search of {@code experiment} and says where: into {@code file} if it is one, else
   * into files beside it that are numbered from 1. A picture that cannot be drawn or written is no
   * reason to fail: the numbers are shown and kept without it.
   */
  public static void write(ExperimentView experiment, Path file, Console console) {
    List<LearningRateSearch> searches = experiment.searches();
    for (int i = 0; i < searches.size(); i++) {
      Path place = searches.size() == 1 ? file : numbered(file, i + 1);
      try {
        JsonFile.writeBytes(place, SearchPlot.png(searches.get(i)));
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
