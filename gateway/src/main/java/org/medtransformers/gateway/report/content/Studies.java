package org.medtransformers.gateway.report.content;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.files.RunManifest;
import org.medtransformers.files.SpentCheckpoints;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.comparison.Comparisons;
import org.medtransformers.gateway.comparison.Searches;
import org.medtransformers.gateway.document.Block.Figure;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.figure.Figures;
import org.medtransformers.gateway.report.content.Study.Trained;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/** Gathers what a report is of. */
@Singleton
final class Studies {
  /** More results are not read: they would take long and say the same. */
  private static final int MOST_RESULTS = 300;

  private static final long LARGEST_FILE = 8L << 20;

  private static final String UNDRAWN =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 40\"><text x=\"8\" y=\"26\">This Java"
          + " cannot draw; the archive has the numbers as CSV.</text></svg>";

  private final Database database;
  private final Comparisons comparisons;
  private final Examples examples;
  private final Artifacts artifacts;
  private final Figures figures;
  private final String version;
  private final Access access;

  Studies(
      Database database,
      Comparisons comparisons,
      Examples examples,
      Artifacts artifacts,
      Figures figures,
      @ConfigProperty(name = "quarkus.application.version") String version,
      Access access) {
    this.access = access;
    this.database = database;
    this.comparisons = comparisons;
    this.examples = examples;
    this.artifacts = artifacts;
    this.figures = figures;
    this.version = version;
  }

  private record Found(ExperimentEntity experiment, List<RunEntity> runs) {}

  /**
   * The experiment as it is now. Files are read and services asked outside a transaction.
   *
   * @param pictures whether example images are wanted
   * @throws MedtransException {@code NOT_FOUND} for an unknown id, {@code UNAVAILABLE} while its
   *     comparison is being worked out
   */
  Study of(String id, boolean pictures) {
    Found found =
        database.inTransaction(
            () -> {
              ExperimentEntity experiment = ExperimentEntity.require(id, access.scope());
              return new Found(experiment, RunEntity.of(experiment.id));
            });
    ExperimentComparison comparison = comparisons.of(List.of(id));
    List<Trained> runs = trained(found.runs());
    return new Study(
        found.experiment().summary(),
        found.experiment().endedAt,
        found.experiment().document,
        found.experiment().notices,
        comparison,
        Searches.of(found.runs()),
        runs,
        images(runs, pictures),
        figures.ofExperiment(id).stream().map(Studies::figure).toList(),
        version);
  }

  private static Figure figure(org.medtransformers.plots.figure.Figure figure) {
    String n = figure.n().isEmpty() ? "" : " n = " + figure.n() + ".";
    return new Figure(
        figure.name(),
        figure.title(),
        figure.caption() + n,
        drawn(figure::svg, UNDRAWN),
        figure.csv(),
        () -> drawn(figure::png, new byte[0]));
  }

  private static <T> T drawn(Supplier<T> drawing, T otherwise) {
    try {
      return drawing.get();
    } catch (LinkageError | InternalError e) {
      // A Java without fonts or without its native parts throws any of these; the numbers are
      // there.
      return otherwise;
    }
  }

  private List<Trained> trained(List<RunEntity> runs) {
    Function<RunEntity, String> headings = Comparisons.headings(runs);
    boolean read = runs.size() <= MOST_RESULTS;
    return runs.stream()
        .map(
            run ->
                new Trained(
                    run,
                    headings.apply(run),
                    read ? results(run) : null,
                    startSha256(run),
                    weightsSha256(run)))
        .toList();
  }

  private EvaluationResults results(RunEntity run) {
    Path file = artifacts.run(run.id.toString()).resolve(EvaluationResults.FILE);
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE
          ? Json.read(Files.readString(file), EvaluationResults.class)
          : null;
    } catch (IOException | UncheckedIOException e) {
      // A report without intervals of single models is better than none.
      return null;
    }
  }

  private String startSha256(RunEntity run) {
    RunConfig config = run.file().config();
    if (run.start != null) {
      return run.start.sha256();
    }
    boolean published = config.model().pretrained() && config.medtrans().weightsFile() == null;
    return published ? PublishedWeights.of(config.model()).map(this::digest).orElse(null) : null;
  }

  /** As the trainer has written it beside the file, else what is published of it. */
  private String digest(PublishedWeights weights) {
    Path file = artifacts.weights().resolve(weights.fileName() + ".sha256");
    try {
      return Files.readString(file).strip().split("\\s+", 2)[0];
    } catch (IOException e) {
      return weights.sha256().isEmpty() ? null : weights.sha256() + "…";
    }
  }

  private String weightsSha256(RunEntity run) {
    if (run.testedModel != null && run.testedModel.weightsSha256() != null) {
      return run.testedModel.weightsSha256();
    }
    if (run.checkpoint == null) {
      return null;
    }
    Path manifest = artifacts.resolve(run.checkpoint).resolve(SpentCheckpoints.MANIFEST);
    try {
      JsonNode sums = Json.parse(Files.readString(manifest)).path("sha256");
      return sums.path(RunManifest.WEIGHTS).asText(null);
    } catch (IOException | UncheckedIOException e) {
      // The checkpoint may have been removed since.
      return null;
    }
  }

  private Map<String, Study.Images> images(List<Trained> runs, boolean pictures) {
    return shown(runs).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> examples.of(e.getValue(), pictures)));
  }

  /**
   * Each prepared data set that a report tells of, by a run that has tested on it, or else any. Of
   * the rounds of a cross-validation that is the first: to ask for the images of all would take
   * long.
   */
  static Map<String, RunEntity> shown(List<Trained> runs) {
    Set<String> told =
        Stream.concat(
                firsts(runs.stream()).stream(),
                firsts(runs.stream().filter(Trained::compared)).stream())
            .collect(Collectors.toSet());
    return runs.stream()
        .filter(trained -> trained.run().prepared != null)
        .filter(trained -> told.contains(trained.run().prepared.id()))
        .collect(
            Collectors.toMap(
                trained -> trained.run().prepared.id(),
                Trained::run,
                (a, b) -> a.testMetrics == null ? b : a,
                LinkedHashMap::new));
  }

  /** What was prepared for the first run of each heading. */
  private static Collection<String> firsts(Stream<Trained> runs) {
    return runs.filter(trained -> trained.run().prepared != null)
        .collect(
            Collectors.toMap(Trained::dataset, trained -> trained.run().prepared.id(), (a, b) -> a))
        .values();
  }
}
