package org.medtransformers.learning.weights;

import java.util.List;

/**
 * A tuple of a pickle. No record: compared by identity, so that a tuple of tuples of tuples costs
 * nothing as a key.
 */
final class Tuple {
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
    return items.stream().map(item -> PickleValues.whole(item, what)).toList();
  }
}
