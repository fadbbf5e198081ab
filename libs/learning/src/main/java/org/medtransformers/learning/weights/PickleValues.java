package org.medtransformers.learning.weights;

import java.util.List;
import java.util.Map;

/** Reads values of a pickle as what they must be. */
final class PickleValues {
  private static final Map<Class<?>, String> KINDS =
      Map.ofEntries(
          Map.entry(Number.class, "a number"),
          Map.entry(Boolean.class, "a truth value"),
          Map.entry(String.class, "text"),
          Map.entry(byte[].class, "bytes"),
          Map.entry(List.class, "a list"),
          Map.entry(Tuple.class, "a tuple"),
          Map.entry(Dict.class, "a dictionary"),
          Map.entry(Storage.class, "a storage"),
          Map.entry(StoredTensor.class, "a tensor"),
          Map.entry(Global.Function.class, "a function"),
          Map.entry(Global.StorageType.class, "a type of storage"),
          Map.entry(Global.ElementType.class, "a type of elements"));

  private PickleValues() {}

  static long whole(Object value, String what) {
    if (value instanceof Long number) {
      return number;
    }
    throw wrong(value, what, "a whole number of 64 bits");
  }

  static String text(Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(value, what, "text");
  }

  static <T> T as(Class<T> type, Object value, String what) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw wrong(value, what, kind(type));
  }

  /** Names the kind only: a value may be of any size and depth. */
  private static UnreadableWeightsException wrong(Object value, String what, String wanted) {
    String found = value == null ? "None" : kind(value.getClass());
    return new UnreadableWeightsException(
        "%s is %s where %s is expected".formatted(what, found, wanted));
  }

  private static String kind(Class<?> type) {
    return KINDS.entrySet().stream()
        .filter(kind -> kind.getKey().isAssignableFrom(type))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("something else");
  }
}
