package org.medtransformers.statistics;

import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/** Views of lists of predictions, of which no row is copied. */
final class PredictionLists {
  private PredictionLists() {}

  /** Any rows of several lists. */
  private static final class Rows extends AbstractList<PredictedImage> implements RandomAccess {
    private final List<? extends List<PredictedImage>> parts;
    private final int[] part;
    private final int[] row;

    private Rows(List<? extends List<PredictedImage>> parts, int[] part, int[] row) {
      this.parts = parts;
      this.part = part;
      this.row = row;
    }

    @Override
    public int size() {
      return row.length;
    }

    @Override
    public PredictedImage get(int i) {
      return parts.get(part[i]).get(row[i]);
    }
  }

  /** All of {@code parts}, ordered by the images' ids; of equal ones the earlier first. */
  static List<PredictedImage> ordered(List<? extends List<PredictedImage>> parts) {
    int[] part =
        IntStream.range(0, parts.size())
            .flatMap(p -> IntStream.range(0, parts.get(p).size()).map(r -> p))
            .toArray();
    int[] row = parts.stream().flatMapToInt(p -> IntStream.range(0, p.size())).toArray();
    String[] ids =
        IntStream.range(0, row.length)
            .mapToObj(i -> parts.get(part[i]).get(row[i]).image())
            .toArray(String[]::new);
    int[] order =
        IntStream.range(0, row.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> ids[i]))
            .mapToInt(i -> i)
            .toArray();
    return new Rows(
        parts,
        IntStream.of(order).map(i -> part[i]).toArray(),
        IntStream.of(order).map(i -> row[i]).toArray());
  }
}
