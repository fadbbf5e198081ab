package org.medtransformers.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.plots.embedding.EmbeddingMap;

/**
 * Times the map of embeddings that lie in five clouds.
 *
 * @param dim features of an embedding
 */
record UmapLayout(int images, int dim) {
  private static final int CLASSES = 5;
  private static final int REPETITIONS = 3;
  private static final double SPREAD_OF_CENTRES = 4;

  private static final DatasetDescription CLOUDS =
      new DatasetDescription(
          "clouds",
          IntStream.range(0, CLASSES).mapToObj(c -> "cloud " + c).toList(),
          Task.MULTI_CLASS,
          1,
          List.of(),
          List.of(),
          TargetMetric.RECALL,
          true);

  /** What is printed. */
  record Times(String peer, int images, int dim, @JsonProperty("ms_median") double median) {}

  Times measure() {
    EmbeddingMap.Builder clouds = clouds();
    double[] times = StepTimes.of(REPETITIONS, clouds::build);
    return new Times("medtransformers", images, dim, StepTimes.median(times));
  }

  private EmbeddingMap.Builder clouds() {
    Random random = new Random(0);
    float[] centres = new float[CLASSES * dim];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) (SPREAD_OF_CENTRES * random.nextGaussian());
    }
    float[] rows = new float[Math.multiplyExact(images, dim)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) (centres[i % centres.length] + random.nextGaussian());
    }
    EmbeddingMap.Builder builder = new EmbeddingMap.Builder(CLOUDS);
    builder.add(
        IntStream.range(0, images).mapToObj(i -> "image " + i).toList(),
        Split.TEST,
        IntStream.range(0, images).map(i -> i % CLASSES).toArray(),
        Tensor.ofFloats(rows, images, dim));
    return builder;
  }
}
