package org.medtransformers.learning.weights;

/** Reads values of a pickle as what they must be. */
final class PickleValues {
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
    throw wrong(value, what, type.getSimpleName());
  }

  /** Names the class only: a value may be of any size and depth. */
  private static UnreadableWeightsException wrong(Object value, String what, String wanted) {
    String found = value == null ? "None" : value.getClass().getSimpleName();
    return new UnreadableWeightsException(
        "%s is %s where %s is expected".formatted(what, found, wanted));
  }
}
