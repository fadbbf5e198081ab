package org.medtransformers.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.cli.document.Changes;
import org.medtransformers.cli.document.StrategyFiles;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.DatasetSource;
import org.medtransformers.imaging.dataset.Downloads;
import org.medtransformers.imaging.dataset.Layouts;

/** The data sets that an experiment file or a folder means. */
public final class CheckedSets {
  private final Environment environment;

  /**
   * One of them.
   *
   * @param bits {@code medtrans.bits} of the file; null without
   */
  public record CheckedSet(DatasetListing listing, Integer bits) {}

  public CheckedSets(Environment environment) {
    this.environment = environment;
  }

  /**
   * Those of {@code given}: of a folder what is in it, of a file what its runs ask for, each
   * division of each set once.
   *
   * @param changes what flags change in the file
   */
  public List<CheckedSet> of(Path given, Changes changes) {
    if (Files.isDirectory(given)) {
      return Layouts.in(given).stream().map(set -> new CheckedSet(set, null)).toList();
    }
    Map<List<Object>, RunConfig> different = new LinkedHashMap<>();
    ExperimentFile.read(changes.applyTo(StrategyFiles.whole(given), environment.workingDirectory()))
        .runs()
        .stream()
        .map(PlannedRun::file)
        .forEach(file -> different.putIfAbsent(key(file.config()), file.config()));
    return different.values().stream()
        .map(run -> new CheckedSet(listing(run), run.medtrans().bits()))
        .toList();
  }

  /** All that decides which images there are, what they show, and in which part they are. */
  private static List<Object> key(RunConfig run) {
    RunConfig.Medtrans options = run.medtrans();
    return Arrays.asList(
        run.dataset().dataset(),
        run.dataset().dataLocation(),
        options.split(),
        options.supervised(),
        options.bits(),
        options.ddsm(),
        options.medmnist(),
        options.imageFolder(),
        options.dicom(),
        options.csv(),
        options.bits());
  }

  /**
   * As preparing lists it, but that links may lead anywhere: this process reads what its user may.
   */
  private DatasetListing listing(RunConfig run) {
    return DatasetSource.list(
        run.dataset().dataset(),
        Path.of(run.dataset().dataLocation()),
        run.medtrans(),
        link -> true,
        new Downloads(environment.datasets().resolve(".downloads"), (file, done, total) -> {}));
  }
}
