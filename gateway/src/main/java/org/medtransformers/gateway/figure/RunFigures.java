package org.medtransformers.gateway.figure;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.plots.embedding.EmbeddingMap;
import org.medtransformers.plots.embedding.EmbeddingPlot;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.result.EvaluationFigures;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/** The figures of a run. */
@Singleton
@RegisterForReflection(targets = EmbeddingMap.class, ignoreNested = false)
final class RunFigures {
  private static final String EMBEDDINGS = "umap.json";

  /** Curves of hundreds of classes are larger; no picture could show them. */
  private static final long LARGEST = 16 << 20;

  /** Images of a map that are drawn: a picture of more is large and shows no more. */
  private static final int EMBEDDED = 2000;

  private final Artifacts artifacts;
  private final Database database;

  RunFigures(Artifacts artifacts, Database database) {
    this.artifacts = artifacts;
    this.database = database;
  }

  /** Those for which there are numbers now. */
  List<Figure> of(RunEntity run) {
    List<Figure> figures = new ArrayList<>();
    database.inTransaction(() -> TrainingFigures.ofRun(run)).ifPresent(figures::add);
    Optional<EvaluationResults> results =
        read(run, EvaluationResults.FILE, EvaluationResults.class);
    Optional<Curves> curves = read(run, Curves.FILE, Curves.class);
    if (results.isPresent() && curves.isPresent()) {
      figures.addAll(EvaluationFigures.of(results.get(), curves.get()));
    }
    read(run, EMBEDDINGS, EmbeddingMap.class)
        .map(map -> EmbeddingPlot.of(map, run.modelName, EMBEDDED))
        .ifPresent(figures::add);
    return List.copyOf(figures);
  }

  private <T> Optional<T> read(RunEntity run, String name, Class<T> kind) {
    Path file = artifacts.run(run.id.toString()).resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || file.toFile().length() > LARGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(Files.readString(file), kind));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
