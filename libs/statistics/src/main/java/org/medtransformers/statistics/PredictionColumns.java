package org.medtransformers.statistics;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * What a model says of very many images, in columns: a million rows as objects take ten times the
 * memory. A row is made when it is looked at.
 */
final class PredictionColumns extends AbstractList<PredictedImage> implements RandomAccess {
  private final int classes;
  private final List<String> images = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private final List<List<Integer>> labels = new ArrayList<>();
  private final List<List<Integer>> predictions = new ArrayList<>();

  /** Row by row. */
  private double[] probabilities = {};

  /** One of each: patients recur, and so do the few ways in which classes are shown. */
  private final Map<String, String> distinctGroups = new HashMap<>();

  private final Map<List<Integer>, List<Integer>> distinctShown = new HashMap<>();

  /**
   * @param classes probabilities per image
   */
  PredictionColumns(int classes) {
    this.classes = classes;
  }

  /**
   * One more row.
   *
   * @param numbers the probabilities, one per class
   */
  void add(
      String image, String group, List<Integer> label, List<Integer> prediction, double[] numbers) {
    int end = (size() + 1) * classes;
    if (end > probabilities.length) {
      probabilities = Arrays.copyOf(probabilities, end + end / 2);
    }
    System.arraycopy(numbers, 0, probabilities, end - classes, classes);
    images.add(image);
    groups.add(distinctGroups.computeIfAbsent(group, same -> same));
    labels.add(distinctShown.computeIfAbsent(label, same -> same));
    predictions.add(distinctShown.computeIfAbsent(prediction, same -> same));
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public PredictedImage get(int row) {
    return new PredictedImage(
        images.get(row),
        groups.get(row),
        labels.get(row),
        predictions.get(row),
        IntStream.range(row * classes, (row + 1) * classes)
            .mapToObj(i -> probabilities[i])
            .toList());
  }
}
