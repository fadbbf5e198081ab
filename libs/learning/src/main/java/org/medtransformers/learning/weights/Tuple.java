package org.medtransformers.learning.weights;

import java.util.List;

/**
 * A tuple of a pickle. No record: compared by identity, so that a tuple of tuples of tuples costs
 * nothing as a key.
 */
final class Tuple {
  /** PyTorch's own limit. */
  private static final int MOST_DIMENSIONS = 64;

  private final List<Object> items;

  Tuple(List<Object> items) {
    this.items = items;
  }

  List<Object> items() {
    return items;
  }

  int size() {
    return items.size();
  }

  Object get(int index) {
    return items.get(index);
  }

  /** The tuple as whole numbers, such as a shape. */
  List<Long> longs(String what) {
    if (items.size() > MOST_DIMENSIONS) {
      throw new UnreadableWeightsException(
          "%s has %d numbers, allowed are %d".formatted(what, items.size(), MOST_DIMENSIONS));
    }
    return items.stream().map(item -> PickleValues.whole(item, what)).toList();
  }
}
