package org.medtransformers.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.statistics.Classification;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** The results of runs for their copies, in which models may say something else. */
final class CopiedResults {
  /** Of the logarithms of the probabilities: enough to change some predictions. */
  private static final double NOISE = 0.5;

  private final Path runs;

  CopiedResults(Path runs) {
    this.runs = runs;
  }

  /** The same files; they take no room. */
  void link(UUID source, UUID copy) throws IOException {
    Path from = folder(source);
    Path to = Files.createDirectories(folder(copy));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.createLink(to.resolve(file.getFileName()), file);
      }
    }
  }

  /**
   * The same files with other predictions, and metrics that are theirs.
   *
   * @param seed of what is added to them
   */
  Metrics vary(UUID source, UUID copy, int seed) throws IOException {
    link(source, copy);
    List<PredictedImage> images = noisy(read(source), new Random(seed));
    int classes = images.get(0).probabilities().size();
    ObjectNode results =
        (ObjectNode) Json.parse(Files.readString(folder(source).resolve(EvaluationResults.FILE)));
    Metrics metrics =
        Classification.multiClass(
            images.stream().mapToInt(i -> i.classes().get(0)).toArray(),
            images.stream().mapToInt(i -> i.prediction().get(0)).toArray(),
            classes,
            results.at("/metrics/loss").asDouble());
    results.put("runId", copy.toString()).set("metrics", Json.tree(metrics));
    replace(copy, EvaluationResults.PREDICTIONS, PredictionsCsv.write(images, classes));
    replace(copy, EvaluationResults.FILE, Json.write(results));
    return metrics;
  }

  private List<PredictedImage> read(UUID run) throws IOException {
    try (Reader csv = Files.newBufferedReader(folder(run).resolve(EvaluationResults.PREDICTIONS))) {
      return PredictionsCsv.read(csv);
    }
  }

  private static List<PredictedImage> noisy(List<PredictedImage> images, Random random) {
    return images.stream().map(image -> noisy(image, random)).toList();
  }

  private static PredictedImage noisy(PredictedImage image, Random random) {
    List<Double> weights = new ArrayList<>();
    image.probabilities().forEach(p -> weights.add(p * Math.exp(NOISE * random.nextGaussian())));
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    List<Double> probabilities = weights.stream().map(w -> w / sum).toList();
    int said = probabilities.indexOf(Collections.max(probabilities));
    return new PredictedImage(
        image.image(), image.group(), image.classes(), List.of(said), probabilities);
  }

  /** A link shares its content with the source. */
  private void replace(UUID run, String name, String text) throws IOException {
    Path file = folder(run).resolve(name);
    Files.delete(file);
    Files.writeString(file, text);
  }

  private Path folder(UUID run) {
    return runs.resolve(run.toString());
  }
}
