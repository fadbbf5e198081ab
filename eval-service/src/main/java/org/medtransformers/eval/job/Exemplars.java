package org.medtransformers.eval.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.medtransformers.statistics.PredictedImage;

/** Images that stand for all of a split. */
final class Exemplars {
  /** Of one class, those that are classified right and those that are not. */
  private static final class OfClass {
    private final Queue<Integer> right = new ArrayDeque<>();
    private final Queue<Integer> wrong = new ArrayDeque<>();
    private int taken;

    void add(int position, boolean correct) {
      (correct ? right : wrong).add(position);
    }

    boolean isEmpty() {
      return right.isEmpty() && wrong.isEmpty();
    }

    /** Right and wrong ones in turns, while there are any. */
    int next() {
      boolean turn = taken++ % 2 == 0;
      Queue<Integer> first = turn ? right : wrong;
      Queue<Integer> second = turn ? wrong : right;
      return first.isEmpty() ? second.remove() : first.remove();
    }
  }

  private Exemplars() {}

  /**
   * Positions of at most {@code count} images, in order: evenly over the classes as long as there
   * are enough of each, and of a class right and wrong predictions in turns. An image that shows
   * several classes counts for the first.
   */
  static List<Integer> of(List<PredictedImage> images, int count) {
    Map<Integer, OfClass> classes = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      PredictedImage image = images.get(i);
      int label = image.classes().isEmpty() ? -1 : image.classes().get(0);
      classes
          .computeIfAbsent(label, l -> new OfClass())
          .add(i, image.classes().equals(image.prediction()));
    }
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < count && !classes.isEmpty()) {
      Iterator<OfClass> turn = classes.values().iterator();
      while (turn.hasNext() && chosen.size() < count) {
        OfClass next = turn.next();
        chosen.add(next.next());
        if (next.isEmpty()) {
          turn.remove();
        }
      }
    }
    return chosen.stream().sorted().toList();
  }
}
