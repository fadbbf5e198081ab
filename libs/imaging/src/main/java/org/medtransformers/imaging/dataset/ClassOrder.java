package org.medtransformers.imaging.dataset;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of classes by their names: numbers by their values, and so names that differ in one
 * number alone ({@code grade 2}, {@code grade 10}); all others by their characters.
 */
final class ClassOrder {
  private static final Pattern NUMBERED =
      Pattern.compile("(?<before>\\D*?)(?<number>-?\\d{1,18}(?:\\.\\d{1,18})?)(?<behind>\\D*)");

  private ClassOrder() {}

  static Comparator<String> of(Collection<String> names) {
    Comparator<String> byValue = Comparator.comparing(ClassOrder::value);
    return isNumbered(names)
        ? byValue.thenComparing(Comparator.naturalOrder())
        : Comparator.naturalOrder();
  }

  /** Whether their order is one of numbers. */
  static boolean isNumbered(Collection<String> names) {
    return names.stream().allMatch(name -> NUMBERED.matcher(name).matches())
        && names.stream().map(ClassOrder::around).distinct().count() == 1;
  }

  private static String around(String name) {
    Matcher numbered = matched(name);
    return numbered.group("before") + "\0" + numbered.group("behind");
  }

  /** Of a name with a number. */
  static BigDecimal value(String name) {
    return new BigDecimal(matched(name).group("number"));
  }

  private static Matcher matched(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    if (!numbered.matches()) {
      throw new IllegalArgumentException(name + " has no number");
    }
    return numbered;
  }
}
