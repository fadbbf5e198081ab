package org.medtransformers.imaging.split;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Fewer training images, to see how much labels are worth. The groups of the training part are put
 * into one order, of which a fraction is a beginning; so what a small fraction has is in every
 * larger one.
 *
 * <p>The order: next comes a group of the class of which the smallest share of images has come so
 * far, of equal ones the rarest; which of its groups, the split's seed decides by the groups'
 * names. Without groups of several images that is Adams' method of apportionment: each class is
 * rounded up at a common share, so none has come by more than one image further than another, and
 * all have come by one before any comes by two. Images that show no class count as a class of their
 * own.
 */
public final class TrainingFraction {
  private static final int DIGITS = 4;

  private final int[] totals;
  private final int[] taken;
  private final List<List<Group>> byClass;
  private final int[] next;

  /**
   * Images that stay together.
   *
   * @param counts images by class
   */
  private record Group(
      String key, long order, List<Integer> members, SortedMap<Integer, Integer> counts) {
    static Group empty(long seed, String key) {
      long order = CounterRandom.of(seed, "train_fraction " + key).bits(0);
      return new Group(key, order, new ArrayList<>(), new TreeMap<>());
    }
  }

  private TrainingFraction(List<Group> groups, int classes) {
    totals = new int[classes + 1];
    taken = new int[classes + 1];
    next = new int[classes + 1];
    byClass =
        IntStream.rangeClosed(0, classes)
            .mapToObj(c -> (List<Group>) new ArrayList<Group>())
            .toList();
    for (Group group : groups) {
      group
          .counts()
          .forEach(
              (c, n) -> {
                totals[c] += n;
                byClass.get(c).add(group);
              });
    }
  }

  /**
   * {@code splits} with {@code fraction} of its training images, to the nearest whole number, or as
   * many more as the last group has. They stay in their order; the other parts stay as they are.
   *
   * @param images all of the data set
   * @param classes their names
   * @param fraction above 0, below 1
   * @throws MedtransException {@link ErrorCode#DATASET_INVALID}, saying which fraction would do,
   *     where a class of the training part has no image among them
   */
  public static Splits of(
      Splits splits, List<Candidate> images, List<String> classes, double fraction) {
    List<Group> order = order(splits, images, classes.size());
    long wanted = Math.max(1, Math.round(fraction * splits.train().size()));
    BitSet kept = new BitSet(images.size());
    Set<Integer> seen = new HashSet<>();
    for (Group group : order) {
      if (kept.cardinality() < wanted) {
        group.members().forEach(kept::set);
        seen.addAll(group.counts().keySet());
      }
    }
    requireEveryClass(order, seen, classes, fraction, splits.train().size());
    return new Splits(
        splits.scheme().withTrainFraction(fraction),
        splits.train().stream().filter(kept::get).toList(),
        splits.val(),
        splits.test());
  }

  private static List<Group> order(Splits splits, List<Candidate> images, int classes) {
    long seed = splits.scheme().seed();
    Map<String, Group> byKey = new HashMap<>();
    for (int i : splits.train()) {
      Candidate image = images.get(i);
      Group group =
          byKey.computeIfAbsent(StratifiedGroups.key(image), key -> Group.empty(seed, key));
      group.members().add(i);
      List<Integer> shown = image.classes().isEmpty() ? List.of(classes) : image.classes();
      shown.forEach(c -> group.counts().merge(c, 1, Integer::sum));
    }
    List<Group> groups = new ArrayList<>(byKey.values());
    groups.sort(Comparator.comparingLong(Group::order).thenComparing(Group::key));
    return new TrainingFraction(groups, classes).order(groups.size());
  }

  private List<Group> order(int size) {
    Set<String> placed = new HashSet<>();
    List<Group> order = new ArrayList<>(size);
    while (order.size() < size) {
      int c = furthestBehind();
      Group group = byClass.get(c).get(next[c]++);
      if (placed.add(group.key())) {
        order.add(group);
        group.counts().forEach((own, n) -> taken[own] += n);
      }
    }
    return order;
  }

  /** A class that has a group left: it has images that have not come. */
  private int furthestBehind() {
    int best = -1;
    for (int c = 0; c < totals.length; c++) {
      if (taken[c] < totals[c] && (best < 0 || isBehind(c, best))) {
        best = c;
      }
    }
    return best;
  }

  private boolean isBehind(int c, int best) {
    int byShare = Long.compare((long) taken[c] * totals[best], (long) taken[best] * totals[c]);
    return byShare < 0 || (byShare == 0 && totals[c] < totals[best]);
  }

  private static void requireEveryClass(
      List<Group> order, Set<Integer> seen, List<String> classes, double fraction, int images) {
    Set<Integer> missing = new HashSet<>();
    int before = 0;
    int enough = 0;
    for (Group group : order) {
      for (int c : group.counts().keySet()) {
        if (c < classes.size() && !seen.contains(c) && missing.add(c)) {
          enough = before + 1;
        }
      }
      before += group.members().size();
    }
    if (!missing.isEmpty()) {
      BigDecimal allowed =
          BigDecimal.valueOf(enough)
              .divide(BigDecimal.valueOf(images), DIGITS, RoundingMode.CEILING);
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "medtrans.split.train_fraction: found %s, which leaves none of the %d training images for %s; allowed: from %s to 1"
              .formatted(
                  fraction,
                  images,
                  missing.stream().sorted().map(classes::get).toList(),
                  allowed.stripTrailingZeros().toPlainString()));
    }
  }
}
