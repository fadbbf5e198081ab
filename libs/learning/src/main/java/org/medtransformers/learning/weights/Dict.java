package org.medtransformers.learning.weights;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dictionary of a pickle, or an object that is read as the dictionary of its attributes. */
final class Dict {
  private final Map<Object, Object> entries = new LinkedHashMap<>();

  /** Whether attributes that are set on the object count as entries. */
  private final boolean attributes;

  private Dict(boolean attributes) {
    this.attributes = attributes;
  }

  /**
   * A plain or ordered dictionary; attributes set on it, such as {@code _metadata}, are dropped.
   */
  static Dict dictionary() {
    return new Dict(false);
  }

  /** An object that is nothing but its attributes. */
  static Dict namespace() {
    return new Dict(true);
  }

  /** Keys are compared by value where that is cheap, else refused. */
  void put(Object key, Object value) {
    boolean simple =
        key == null
            || key instanceof String
            || key instanceof Long
            || key instanceof Double
            || key instanceof Boolean
            || key instanceof BigInteger
            || key instanceof Tuple;
    if (!simple) {
      throw new UnreadableWeightsException("a dictionary has a key that Python would not allow");
    }
    entries.put(key, value);
  }

  void setAttributes(Dict state) {
    if (attributes && state != this) {
      entries.putAll(state.entries);
    }
  }

  Map<Object, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  int size() {
    return entries.size();
  }
}
