package org.medtransformers.imaging.dataset;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * The classes of a data set that names them: whole numbers by size, all else by its characters. Two
 * classes are told apart by one logit, the second being the positive one.
 */
final class LabelNames {
  private static final int MOST = 1000;

  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  private LabelNames(List<String> names) {
    this.names = names;
    names.forEach(name -> numbers.put(name, numbers.size()));
  }

  /**
   * Of all labels that occur.
   *
   * @param given the classes in their order, of which some need not occur; null: those that do
   * @param where they stand, to be named where they are no classes
   */
  static LabelNames of(Collection<String> labels, List<String> given, String where) {
    if (given != null) {
      return given(labels, given, where);
    }
    List<String> distinct = labels.stream().distinct().toList();
    if (distinct.size() < 2 || distinct.size() > MOST) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s has %d different classes, allowed are 2 to %d"
              .formatted(where, distinct.size(), MOST));
    }
    return new LabelNames(distinct.stream().sorted(order(distinct)).toList());
  }

  private static LabelNames given(Collection<String> labels, List<String> given, String where) {
    LabelNames names = new LabelNames(given);
    if (names.numbers.size() < given.size()) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "classes: found %s, allowed: each once".formatted(given));
    }
    for (String label : labels) {
      if (!names.numbers.containsKey(label)) {
        throw MedtransException.of(
            ErrorCode.LABEL_OUT_OF_RANGE,
            "%s has class '%s', allowed are %s".formatted(where, label, given));
      }
    }
    return names;
  }

  private static Comparator<String> order(List<String> names) {
    boolean whole = names.stream().allMatch(name -> name.matches("-?\\d{1,18}"));
    Comparator<String> byValue = Comparator.comparing(Long::valueOf);
    return whole ? byValue.thenComparing(Comparator.naturalOrder()) : Comparator.naturalOrder();
  }

  List<String> names() {
    return names;
  }

  int number(String name) {
    return numbers.get(name);
  }

  Task task() {
    return names.size() == 2 ? Task.BINARY : Task.MULTI_CLASS;
  }
}
