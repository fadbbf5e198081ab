package org.medtransformers.data.service;

import java.util.LinkedHashMap;
import java.util.Map;
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
    V kept;
    synchronized (values) {
      kept = values.get(key);
    }
    return kept != null ? kept : put(key, maker.get());
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
