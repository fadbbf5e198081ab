package org.medtransformers.imaging.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Divides images into parts of given shares so that every group is in one part and every class is
 * shared out as the whole is, as nearly as the groups allow.
 *
 * <p>Greedy, as scikit-learn's {@code StratifiedGroupKFold}: group after group, the largest first,
 * equal ones in random order, goes where it disturbs the classes' shares least. The disturbance is
 * {@code Σ_p f_p Σ_c (n_pc / (f_p N_c) − 1)²} with share f_p of part p, its images n_pc of class c
 * and all images N_c of that class; squares rather than scikit-learn's mean standard deviation, so
 * that shares may differ. For groups of one image it is Webster's method of apportionment, class by
 * class. The order comes from the seed and the groups' names, never from the order of the images.
 */
final class StratifiedGroups {
  private final double[] shares;
  private final int[] classTotals;
  private final int[][] classCounts;
  private final int[] sizes;

  private StratifiedGroups(double[] shares, int[] classTotals) {
    this.shares = shares;
    this.classTotals = classTotals;
    this.classCounts = new int[shares.length][classTotals.length];
    this.sizes = new int[shares.length];
  }

  /**
   * Images that stay together.
   *
   * @param counts images by class, ordered so that sums of them never depend on the images' order
   */
  private record Group(
      String key, long order, List<Integer> members, SortedMap<Integer, Integer> counts) {
    int size() {
      return members.size();
    }
  }

  /**
   * The part of each image.
   *
   * @param seed of the order of groups of one size
   * @param shares of the parts, above 0
   * @throws MedtransException {@link ErrorCode#DATASET_INVALID} where there are fewer groups than
   *     parts
   */
  static int[] assign(List<Candidate> images, long seed, double... shares) {
    List<Group> groups = groups(images, seed);
    if (groups.size() < shares.length) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "medtrans.split: %d images in %d groups cannot be divided into %d parts; allowed: at most as"
                  .formatted(images.size(), groups.size(), shares.length)
              + " many parts as groups");
    }
    StratifiedGroups parts = new StratifiedGroups(shares, totals(images));
    int[] assigned = new int[images.size()];
    for (int i = 0; i < groups.size(); i++) {
      int part = parts.place(groups.get(i), groups.size() - i);
      groups.get(i).members().forEach(member -> assigned[member] = part);
    }
    return assigned;
  }

  private static List<Group> groups(List<Candidate> images, long seed) {
    Map<String, Group> byKey = new HashMap<>();
    for (int i = 0; i < images.size(); i++) {
      Group group = byKey.computeIfAbsent(key(images.get(i)), key -> empty(key, seed));
      group.members().add(i);
      images.get(i).classes().forEach(c -> group.counts().merge(c, 1, Integer::sum));
    }
    List<Group> groups = new ArrayList<>(byKey.values());
    groups.sort(
        Comparator.comparingInt(Group::size)
            .reversed()
            .thenComparingLong(Group::order)
            .thenComparing(Group::key));
    return groups;
  }

  /** An image without a group is one of its own, whatever groups are called like it. */
  static String key(Candidate image) {
    return image.group().isEmpty() ? "image " + image.id() : "group " + image.group();
  }

  private static Group empty(String key, long seed) {
    return new Group(key, CounterRandom.of(seed, key).bits(0), new ArrayList<>(), new TreeMap<>());
  }

  private static int[] totals(List<Candidate> images) {
    int classes =
        images.stream().flatMap(i -> i.classes().stream()).mapToInt(c -> c + 1).max().orElse(0);
    int[] totals = new int[classes];
    images.forEach(image -> image.classes().forEach(c -> totals[c]++));
    return totals;
  }

  /**
   * @param left groups that have no part yet, this one included
   */
  private int place(Group group, int left) {
    boolean onlyEmpty = left <= emptyParts();
    int best = -1;
    for (int part = 0; part < shares.length; part++) {
      boolean candidate = !onlyEmpty || sizes[part] == 0;
      if (candidate && (best < 0 || isBetter(group, part, best))) {
        best = part;
      }
    }
    sizes[best] += group.size();
    int[] counts = classCounts[best];
    group.counts().forEach((c, n) -> counts[c] += n);
    return best;
  }

  private int emptyParts() {
    int empty = 0;
    for (int size : sizes) {
      empty += size == 0 ? 1 : 0;
    }
    return empty;
  }

  private boolean isBetter(Group group, int part, int best) {
    int byClasses = Double.compare(disturbance(group, part), disturbance(group, best));
    return byClasses < 0 || (byClasses == 0 && fullness(group, part) < fullness(group, best));
  }

  /** What the group adds to the sum of squares, less what it adds in every part alike. */
  private double disturbance(Group group, int part) {
    double sum = 0;
    for (Map.Entry<Integer, Integer> entry : group.counts().entrySet()) {
      double added = entry.getValue();
      double total = classTotals[entry.getKey()];
      double before = classCounts[part][entry.getKey()];
      sum += added / total * (2 * before + added) / (shares[part] * total);
    }
    return sum;
  }

  private double fullness(Group group, int part) {
    return (2.0 * sizes[part] + group.size()) / shares[part];
  }
}
