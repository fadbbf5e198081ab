package org.medtransformers.plots.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.plots.figure.Figure;

class EmbeddingMapTest {
  private static final int NEIGHBOURS = 12;
  private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VAL, Split.TEST);

  @Test
  void neighboursOfEmbeddingsAreNeighboursOnTheMap() {
    double[][] rows = blobs(300, 64, 3, 1);
    double trust = trustworthiness(rows, places(map(rows, 3)));
    // scikit-learn's measure: 1 is perfect, 0.5 is chance; random places have 0.5.
    assertTrue(trust > 0.85, "trustworthiness " + trust);
    double[][] random = blobs(300, 2, 1, 2);
    assertTrue(trustworthiness(rows, random) < 0.6, "the measure tells chance apart");
  }

  @Test
  void groupsThatAreFarApartStayApart() {
    double[][] rows = blobs(300, 64, 3, 1);
    double[][] places = places(map(rows, 3));
    double silhouette = silhouette(places, 3);
    assertTrue(silhouette > 0.6, "silhouette " + silhouette);
  }

  @Test
  void theSameEmbeddingsGiveTheSamePicture() {
    double[][] rows = blobs(120, 16, 3, 5);
    EmbeddingMap first = map(rows, 3);
    assertEquals(first, map(rows, 3));
    assertArrayEquals(
        EmbeddingPlot.of(first, "a").png(), EmbeddingPlot.of(map(rows, 3), "a").png());
  }

  @Test
  void ofTooManyImagesEveryNthIsShown() {
    EmbeddingMap map = map(blobs(2 * Umap.MOST, 3, 2, 4), 2);
    assertEquals(2 * Umap.MOST, map.images());
    assertEquals(Umap.MOST, map.points().size());
    assertEquals("image 2", map.points().get(1).image());
  }

  @Test
  void embeddingsThatAreAllAlikeOrFewHaveAMap() {
    map(new double[20][8], 2).points().forEach(p -> assertTrue(Double.isFinite(p.x())));
    assertEquals(4, map(blobs(4, 8, 2, 1), 2).points().size());
  }

  @Test
  void whatHasNoMapIsRefused() {
    assertThrows(MedtransException.class, () -> map(blobs(3, 8, 2, 1), 2));
    double[][] rows = blobs(20, 8, 2, 1);
    rows[3][2] = Double.NaN;
    assertThrows(MedtransException.class, () -> map(rows, 2));
  }

  @Test
  void everyClassHasItsColourInThePicture() throws IOException {
    double[][] rows = blobs(90, 16, 3, 5);
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(EmbeddingPlot.of(map(rows, 3), "resnet18").png()));
    assertEquals(960, picture.getWidth());
    for (int colour : new int[] {0x0072B2, 0xD55E00, 0x009E73}) {
      long pixels =
          IntStream.range(0, 960 * 960)
              .filter(i -> (picture.getRGB(i % 960, i / 960) & 0xFFFFFF) == colour)
              .count();
      assertTrue(pixels > 100, Integer.toHexString(colour) + " in " + pixels + " pixels");
    }
  }

  @Test
  void ofManyPointsAsManyAreDrawnAsAreAskedFor() {
    List<Split> splits = List.of(Split.values());
    List<EmbeddingMap.Point> points =
        IntStream.range(0, Umap.MOST)
            .mapToObj(
                i ->
                    new EmbeddingMap.Point(
                        "image" + i, splits.get(i % 3), List.of(i % 10), i % 97, i % 89))
            .toList();
    List<String> classes = IntStream.range(0, 10).mapToObj(c -> "class " + c).toList();
    Figure figure =
        EmbeddingPlot.of(
            new EmbeddingMap("blobs", true, classes, points.size(), points), "resnet18", 2000);
    assertEquals("2000 of 10000 images", figure.n());
    assertTrue(figure.svg().length() < 500_000, figure.svg().length() + " characters");
    assertEquals(1 + points.size(), figure.csv().lines().count());
  }

  /** Row i is of class i mod classes; a third each is for training, validation and test. */
  private static EmbeddingMap map(double[][] rows, int classes) {
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
    DatasetDescription dataset =
        new DatasetDescription(
            "blobs", names, Task.MULTI_CLASS, 3, List.of(), List.of(), TargetMetric.RECALL, true);
    EmbeddingMap.Builder builder = new EmbeddingMap.Builder(dataset);
    for (int i = 0; i < rows.length; i++) {
      float[] row = new float[rows[i].length];
      for (int f = 0; f < row.length; f++) {
        row[f] = (float) rows[i][f];
      }
      Split split = SPLITS.get(i / 3 % 3);
      Tensor embedding = Tensor.ofFloats(row, 1, row.length);
      builder.add(List.of("image " + i), split, new int[] {i % classes}, embedding);
    }
    return builder.build();
  }

  private static double[][] places(EmbeddingMap map) {
    return map.points().stream().map(p -> new double[] {p.x(), p.y()}).toArray(double[][]::new);
  }

  /** Normal clouds around random centres. */
  private static double[][] blobs(int n, int features, int classes, long seed) {
    Random random = new Random(seed);
    double[][] centres = new double[classes][features];
    double[][] rows = new double[n][features];
    for (double[] centre : centres) {
      Arrays.setAll(centre, f -> 4 * random.nextGaussian());
    }
    for (int i = 0; i < n; i++) {
      double[] centre = centres[i % classes];
      Arrays.setAll(rows[i], f -> centre[f] + random.nextGaussian());
    }
    return rows;
  }

  /** Venna and Kaski, 2001, as in scikit-learn. */
  private static double trustworthiness(double[][] rows, double[][] places) {
    int n = rows.length;
    double penalty = 0;
    for (int i = 0; i < n; i++) {
      int[] inData = nearest(rows, i);
      int[] rank = new int[n];
      for (int r = 0; r < inData.length; r++) {
        rank[inData[r]] = r + 1;
      }
      int[] onMap = nearest(places, i);
      for (int j = 0; j < NEIGHBOURS; j++) {
        penalty += Math.max(0, rank[onMap[j]] - NEIGHBOURS);
      }
    }
    return 1 - penalty * 2.0 / (n * NEIGHBOURS * (2.0 * n - 3 * NEIGHBOURS - 1));
  }

  private static int[] nearest(double[][] rows, int i) {
    return IntStream.range(0, rows.length)
        .filter(j -> j != i)
        .boxed()
        .sorted((a, b) -> Double.compare(distance(rows[i], rows[a]), distance(rows[i], rows[b])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Rousseeuw, 1987: mean over the rows, of which row i is of class i mod classes. */
  private static double silhouette(double[][] rows, int classes) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double[] mean = new double[classes];
      for (int j = 0; j < rows.length; j++) {
        int others = rows.length / classes - (i % classes == j % classes ? 1 : 0);
        mean[j % classes] += Math.sqrt(distance(rows[i], rows[j])) / others;
      }
      int own = i % classes;
      double other =
          IntStream.range(0, classes)
              .filter(c -> c != own)
              .mapToDouble(c -> mean[c])
              .min()
              .orElseThrow();
      sum += (other - mean[own]) / Math.max(other, mean[own]);
    }
    return sum / rows.length;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int f = 0; f < one.length; f++) {
      sum += (one[f] - other[f]) * (one[f] - other[f]);
    }
    return sum;
  }
}
