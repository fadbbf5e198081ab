package org.medtransformers.imaging.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SplitKind;

/**
 * Splits that are stratified by class and keep the images of a patient or lesion together. Within a
 * part the images are ordered by id, so that neither the split nor its hash depends on the order of
 * a label file.
 */
public final class GroupedSplit {
  private GroupedSplit() {}

  /**
   * Training, validation and test images, by the usual seed.
   *
   * @param fractions of the three, summing to 1; validation's may be 0
   */
  public static Splits fractions(List<Candidate> images, List<Double> fractions) {
    return fractions(images, fractions, RunConfig.Split.SEED);
  }

  /**
   * Training, validation and test images.
   *
   * @param fractions of the three, summing to 1; validation's may be 0
   * @param seed of the order in which equal groups are placed
   */
  public static Splits fractions(List<Candidate> images, List<Double> fractions, long seed) {
    List<Integer> wanted =
        IntStream.range(0, fractions.size()).filter(i -> fractions.get(i) > 0).boxed().toList();
    int[] assigned =
        StratifiedGroups.assign(
            images, seed, wanted.stream().mapToDouble(fractions::get).toArray());
    List<List<Integer>> parts =
        IntStream.range(0, fractions.size())
            .mapToObj(part -> ordered(images, assigned, wanted.indexOf(part)))
            .toList();
    return new Splits(
        new SplitScheme(SplitKind.GROUPED.label(), Map.of("fractions", fractions, "seed", seed)),
        parts.get(0),
        parts.get(1),
        parts.get(2));
  }

  /**
   * One round of a k-fold cross-validation, by the usual seed.
   *
   * @param folds at least 3
   * @param fold from 0
   */
  public static Splits fold(List<Candidate> images, int folds, int fold) {
    return fold(images, folds, fold, RunConfig.Split.SEED);
  }

  /**
   * One round of a k-fold cross-validation: fold {@code fold} tests, the next one (the first after
   * the last) validates, the others train.
   *
   * @param folds at least 3
   * @param fold from 0
   * @param seed of the order in which equal groups are placed: another one divides otherwise
   */
  public static Splits fold(List<Candidate> images, int folds, int fold, long seed) {
    double[] shares = new double[folds];
    Arrays.fill(shares, 1.0 / folds);
    int[] assigned = StratifiedGroups.assign(images, seed, shares);
    int validation = (fold + 1) % folds;
    List<Integer> train = new ArrayList<>();
    for (int i = 0; i < folds; i++) {
      if (i != fold && i != validation) {
        train.addAll(ordered(images, assigned, i));
      }
    }
    train.sort(byId(images));
    return new Splits(
        new SplitScheme(
            SplitKind.KFOLD.label(), Map.of("folds", folds, "fold", fold, "seed", seed)),
        train,
        ordered(images, assigned, validation),
        ordered(images, assigned, fold));
  }

  private static List<Integer> ordered(List<Candidate> images, int[] assigned, int part) {
    return IntStream.range(0, images.size())
        .filter(i -> assigned[i] == part)
        .boxed()
        .sorted(byId(images))
        .toList();
  }

  private static Comparator<Integer> byId(List<Candidate> images) {
    return Comparator.comparing(i -> images.get(i).id());
  }
}
