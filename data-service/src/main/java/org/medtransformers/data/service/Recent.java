package org.medtransformers.data.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Keeps the values used last. */
final class Recent<K, V> {
  private final int most;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most values kept
   */
  Recent(int most) {
    this.most = most;
  }

  /** The value of {@code key}; made, outside of any lock, where it is not kept. */
  V get(K key, Supplier<V> maker) {
    return find(key).orElseGet(() -> put(key, maker.get()));
  }

  /** The value of {@code key} if it is kept. */
  Optional<V> find(K key) {
    synchronized (values) {
      return Optional.ofNullable(values.get(key));
    }
  }

  /** Lets go of the values of which {@code gone} says so. */
  void removeIf(Predicate<V> gone) {
    synchronized (values) {
      values.values().removeIf(gone);
    }
  }

  V put(K key, V value) {
    synchronized (values) {
      values.put(key, value);
      if (values.size() > most) {
        values.remove(values.keySet().iterator().next());
      }
    }
    return value;
  }
}
