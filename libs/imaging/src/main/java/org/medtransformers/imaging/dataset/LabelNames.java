package org.medtransformers.imaging.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * The classes of a data set that names them, in {@link ClassOrder}; a whole number with a point, as
 * {@code 6.0}, is that number. Two classes are told apart by one logit, the second being the
 * positive one.
 */
final class LabelNames {
  private static final int MOST = 1000;

  private final List<String> names;
  private final boolean given;
  private final Map<String, Integer> numbers = new HashMap<>();

  private LabelNames(List<String> names, boolean given) {
    this.names = names;
    this.given = given;
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
    List<String> distinct = labels.stream().map(LabelNames::name).distinct().toList();
    if (distinct.size() < 2 || distinct.size() > MOST) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s has %d different classes%s, allowed are 2 to %d"
              .formatted(
                  where,
                  distinct.size(),
                  distinct.size() == 1 ? " (" + distinct.get(0) + ")" : "",
                  MOST));
    }
    LabelNames names =
        new LabelNames(distinct.stream().sorted(ClassOrder.of(distinct)).toList(), false);
    names.requireDistinctValues(where);
    return names;
  }

  private static String name(String label) {
    return label.matches("-?\\d{1,18}\\.0+") ? label.substring(0, label.indexOf('.')) : label;
  }

  /** {@code 1} and {@code 01}, or {@code 1.1} and {@code 1.10}, are one number or two names. */
  private void requireDistinctValues(String where) {
    for (int i = 1; ClassOrder.isNumbered(names) && i < names.size(); i++) {
      if (ClassOrder.value(names.get(i)).compareTo(ClassOrder.value(names.get(i - 1))) == 0) {
        throw MedtransException.of(
            ErrorCode.DATASET_INVALID,
            "%s has the classes '%s' and '%s', which are one number; allowed is one way to write it,"
                    .formatted(where, names.get(i - 1), names.get(i))
                + " or a list of classes that has both");
      }
    }
  }

  private static LabelNames given(Collection<String> labels, List<String> given, String where) {
    LabelNames names = new LabelNames(given.stream().map(PlainText::of).toList(), true);
    if (names.numbers.size() < given.size()) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "classes: found %s, allowed: each once".formatted(given));
    }
    for (int i = 0; i < given.size(); i++) {
      names.numbers.putIfAbsent(name(names.names.get(i)), i);
    }
    for (String label : labels) {
      if (!names.numbers.containsKey(label) && !names.numbers.containsKey(name(label))) {
        throw MedtransException.of(
            ErrorCode.LABEL_OUT_OF_RANGE,
            "%s has class '%s', allowed are %s".formatted(where, label, given));
      }
    }
    return names;
  }

  List<String> names() {
    return names;
  }

  int number(String label) {
    Integer number = numbers.get(label);
    return number == null ? numbers.get(name(label)) : number;
  }

  /**
   * What to tell of the names.
   *
   * @param metric that is asked for, or null
   */
  List<String> notices(TargetMetric metric) {
    Map<String, List<String>> alike = new TreeMap<>();
    names.forEach(n -> alike.computeIfAbsent(PlainText.look(n), l -> new ArrayList<>()).add(n));
    List<String> same =
        alike.values().stream()
            .filter(group -> group.size() > 1)
            .map(group -> "'" + String.join("' and '", group) + "'")
            .toList();
    boolean unordered =
        metric == TargetMetric.COHEN_KAPPA && !given && !ClassOrder.isNumbered(names);
    return Stream.concat(
            Notices.some("classes whose names differ by capital letters or spaces alone", same)
                .stream(),
            unordered
                ? Stream.of(
                    "cohen_kappa counts how far off an answer is in the order %s, which is that of"
                            .formatted(names)
                        + " the alphabet; classes gives the right one")
                : Stream.empty())
        .toList();
  }

  Task task() {
    return names.size() == 2 ? Task.BINARY : Task.MULTI_CLASS;
  }
}
