package org.medtransformers.imaging.dataset;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ages as tables have them: {@code 61}, DICOM's {@code 061Y}, {@code 18 months}, {@code >89}. */
final class AgeText {
  private static final double OLDEST = 130;

  /** From here on all are in the last band, so that "and above" says enough. */
  private static final double LAST_BAND = 60;

  private static final Map<Character, Double> PER_YEAR =
      Map.of('y', 1.0, 'm', 12.0, 'w', 365.25 / 7, 'd', 365.25);
  private static final Pattern AGE =
      Pattern.compile(
          "(>=?|≥)?\\s*(\\d{1,5}(?:[.,]\\d{1,9})?)\\s*(\\+)?\\s*"
              + "(y(?:ea)?r?s?|m(?:onth)?s?|w(?:eek)?s?|d(?:ay)?s?)?(?:\\s*old)?\\.?");

  private AgeText() {}

  /** In years; empty where {@code text} is no age. */
  static Optional<Double> years(String text) {
    Matcher age = AGE.matcher(text.toLowerCase(Locale.ROOT));
    if (!age.matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(age.group(2).replace(',', '.'));
    double years = number / (age.group(4) == null ? 1 : PER_YEAR.get(age.group(4).charAt(0)));
    boolean andAbove = age.group(1) != null || age.group(3) != null;
    return Optional.of(years).filter(y -> y <= OLDEST && (!andAbove || y >= LAST_BAND));
  }
}
