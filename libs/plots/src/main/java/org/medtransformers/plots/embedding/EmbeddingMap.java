package org.medtransformers.plots.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * The embeddings of a data set's images in two dimensions.
 *
 * @param dataset its name
 * @param synthetic true where its images were drawn by a program
 * @param classes their names
 * @param images how many there are; {@code points} may be of every n-th
 */
public record EmbeddingMap(
    String dataset, boolean synthetic, List<String> classes, int images, List<Point> points) {

  /**
   * One image.
   *
   * @param image its id
   * @param labels the classes that it shows
   */
  public record Point(String image, Split split, List<Integer> labels, double x, double y) {}

  /** Gathers embeddings, then lays them out. */
  public static final class Builder {
    private final DatasetDescription dataset;
    private final List<Point> images = new ArrayList<>();
    private final List<float[]> embeddings = new ArrayList<>();

    public Builder(DatasetDescription dataset) {
      this.dataset = dataset;
    }

    /**
     * Adds images.
     *
     * @param ids of them
     * @param labels [n], or [n, classes] of 0 and 1 where an image may show several
     * @param rows F32 [n, features]; of the same length for all images
     */
    public void add(List<String> ids, Split split, int[] labels, Tensor rows) {
      float[] values = rows.floats();
      int features = values.length / ids.size();
      int columns = labels.length / ids.size();
      for (int i = 0; i < ids.size(); i++) {
        int[] own = Arrays.copyOfRange(labels, i * columns, (i + 1) * columns);
        images.add(new Point(ids.get(i), split, classes(own), 0, 0));
        embeddings.add(Arrays.copyOfRange(values, i * features, (i + 1) * features));
      }
    }

    private List<Integer> classes(int[] labels) {
      return dataset.task() == Task.MULTI_LABEL
          ? IntStream.range(0, labels.length).filter(c -> labels[c] == 1).boxed().toList()
          : List.of(labels[0]);
    }

    /**
     * The map by UMAP, the same for the same images in the same order.
     *
     * @throws org.medtransformers.contracts.error.MedtransException see {@link Umap#layout}
     */
    public EmbeddingMap build() {
      int shown = Math.min(images.size(), Umap.MOST);
      List<Point> chosen = new ArrayList<>();
      List<float[]> rows = new ArrayList<>();
      for (int i = 0; i < shown; i++) {
        int at = (int) ((long) i * images.size() / shown);
        chosen.add(images.get(at));
        rows.add(embeddings.get(at));
      }
      float[][] places = Umap.layout(rows.toArray(float[][]::new));
      for (int i = 0; i < shown; i++) {
        Point image = chosen.get(i);
        chosen.set(
            i, new Point(image.image(), image.split(), image.labels(), places[i][0], places[i][1]));
      }
      return new EmbeddingMap(
          dataset.name(), dataset.synthetic(), dataset.classes(), images.size(), chosen);
    }
  }
}
