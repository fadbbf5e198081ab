package org.medtransformers.cli.run;

import java.nio.file.Path;
import java.util.Optional;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.plot.ExperimentPlots;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.contracts.result.ExperimentView;

/**
 * What is written of an experiment that has ended, besides what is shown.
 *
 * @param json the whole outcome
 * @param plot of the search for a learning rate, if it is one, or of what fewer labels cost
 */
public record Outputs(Optional<Path> json, Optional<Path> plot) {
  public static final Outputs NONE = new Outputs(Optional.empty(), Optional.empty());

  public static Outputs json(Optional<Path> file) {
    return new Outputs(file, Optional.empty());
  }

  /** A plot that was not asked for goes below {@code home}. */
  void write(ExperimentView ended, Path home, Console console) {
    json.ifPresent(file -> JsonFile.write(file, ended.result()));
    ExperimentPlots plots = new ExperimentPlots(ended.searches(), ended.labelEfficiency(), null);
    plot.ifPresentOrElse(
        file -> plots.write(file, console), () -> plots.writeInto(folder(ended, home), console));
  }

  private static Path folder(ExperimentView ended, Path home) {
    // The id comes from a gateway that may be anybody's.
    String id = ended.experiment().id().replaceAll("[^A-Za-z0-9-]", "_");
    return home.resolve("experiments").resolve(id);
  }
}
