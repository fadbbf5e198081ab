package org.medtransformers.statistics;

import java.util.Arrays;
import java.util.List;
import org.medtransformers.contracts.data.Task;

/**
 * Whether each image of a split shows the positive one of two classes, and how sure a model is that
 * it does.
 *
 * <p>Decisions are made on the probability, which is what the file of predictions holds: whoever
 * reads it decides alike, where logits that are rounded to one probability would be told apart.
 */
public final class BinaryScores {
  private final int[] labels;
  private final double[] logits;

  /** Of the negative and the positive class. */
  private final List<double[]> probabilities;

  private BinaryScores(int[] labels, double[] logits, List<double[]> probabilities) {
    this.labels = labels;
    this.logits = logits;
    this.probabilities = probabilities;
  }

  /**
   * Scores of images.
   *
   * @param labels 0 or 1
   * @param logits one per image: log-odds of 1
   */
  public static BinaryScores of(int[] labels, double[] logits) {
    return of(
        labels,
        logits,
        Arrays.stream(logits)
            .mapToObj(x -> ClassProbabilities.of(Task.BINARY, new double[] {x}))
            .toList());
  }

  /**
   * Scores of images as a file of predictions has them.
   *
   * @throws IllegalArgumentException if an image has more or fewer than two classes
   */
  public static BinaryScores of(List<PredictedImage> images) {
    images.stream()
        .filter(image -> image.probabilities().size() != 2 || image.classes().size() != 1)
        .findAny()
        .ifPresent(
            image -> {
              throw new IllegalArgumentException(
                  "%s: found %d probabilities, allowed: of two classes"
                      .formatted(image.image(), image.probabilities().size()));
            });
    List<double[]> probabilities =
        images.stream()
            .map(i -> new double[] {i.probabilities().get(0), i.probabilities().get(1)})
            .toList();
    return of(
        images.stream().mapToInt(image -> image.classes().get(0)).toArray(),
        probabilities.stream().mapToDouble(p -> Predictions.logOdds(p[0], p[1])).toArray(),
        probabilities);
  }

  /**
   * Scores whose probabilities are known.
   *
   * @param probabilities of the negative and the positive class
   */
  static BinaryScores of(int[] labels, double[] logits, List<double[]> probabilities) {
    if (labels.length != logits.length) {
      throw new IllegalArgumentException(
          "found %d labels and %d logits, allowed: as many"
              .formatted(labels.length, logits.length));
    }
    return new BinaryScores(labels, logits, probabilities);
  }

  /** The number of images. */
  public int images() {
    return labels.length;
  }

  /** Images that show the positive class. */
  public int positives() {
    return Arrays.stream(labels).sum();
  }

  /** Whether there are images of both classes, without which there is nothing to choose by. */
  public boolean bothClasses() {
    return positives() > 0 && positives() < images();
  }

  /** Whether every logit is a number; those of a network that has diverged are not. */
  public boolean finite() {
    return Arrays.stream(logits).allMatch(Double::isFinite);
  }

  boolean positive(int image) {
    return labels[image] == 1;
  }

  double logit(int image) {
    return logits[image];
  }

  double probability(int image) {
    return probabilities.get(image)[1];
  }

  /** By the probability. */
  Ranking ranking() {
    return new Ranking(
        Classification.positive(labels), probabilities.stream().mapToDouble(p -> p[1]).toArray());
  }

  /** The same with all logits divided by {@code temperature}. */
  public BinaryScores scaled(double temperature) {
    return of(labels, Arrays.stream(logits).map(x -> x / temperature).toArray());
  }

  /** What is true and said, an image being said to be positive above one half. */
  public Outcomes outcomes() {
    return Outcomes.of(
        Task.BINARY,
        2,
        Arrays.stream(labels).mapToObj(label -> new int[] {label}).toList(),
        probabilities.stream()
            .map(p -> Classification.aboveThreshold(new double[] {p[1]}))
            .toList(),
        probabilities);
  }
}
