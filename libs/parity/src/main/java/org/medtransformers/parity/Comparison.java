package org.medtransformers.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects how far numbers lie from the expected ones. The deviation of an entry counts in units of
 * its tolerance: {@code |value - E| / (atol + rtol |E|)}, 0/0 being 0. NaN and infinities equal
 * only themselves.
 */
public final class Comparison {
  private final List<Section> sections = new ArrayList<>();
  private double worst;
  private String worstEntry = "";
  private String mistake = "";
  private long compared;

  /** An object under {@code expected}; every key of it must be taken before the end. */
  public Section section(String path, JsonNode object) {
    if (!object.isObject()) {
      throw Mistakes.wrong(path, object, "an object");
    }
    Section section = new Section(path, object, this);
    sections.add(section);
    return section;
  }

  /** Compares numbers entry by entry, in row-major order. */
  public void numbers(String path, JsonNode expected, double[] found, Tolerance tolerance) {
    double[] wanted = Numbers.of(expected, path);
    if (wanted.length != found.length) {
      mistake(path + " has " + found.length + " entries, expected are " + wanted.length);
      return;
    }
    if (!tolerance.fits(wanted.length)) {
      mistake(path + " has " + wanted.length + " entries and another number of tolerances");
      return;
    }
    for (int i = 0; i < wanted.length; i++) {
      double allowed = tolerance.allowed(i, wanted[i]);
      double ratio = ratio(wanted[i], found[i], allowed);
      compared++;
      if (ratio > worst) {
        worst = ratio;
        worstEntry =
            "%s[%d] is %s, expected %s ± %.3g".formatted(path, i, found[i], wanted[i], allowed);
      }
    }
  }

  /** Compares something that is equal or not. */
  public void equal(String path, Object expected, Object found) {
    compared++;
    if (!expected.equals(found)) {
      worst = Double.POSITIVE_INFINITY;
      mistake("%s is %s, expected %s".formatted(path, found, expected));
    }
  }

  /** Something that fails the line whatever the numbers; the first is told. */
  public void mistake(String message) {
    if (mistake.isEmpty()) {
      mistake = message;
    }
  }

  Verdict verdict(String group, String name) {
    sections.forEach(Section::requireAllTaken);
    if (compared == 0) {
      mistake("nothing is compared");
    }
    String message = mistake.isEmpty() && worst > 1 ? worstEntry : mistake;
    double ratio = compared == 0 ? Double.NaN : worst;
    return new Verdict(group, name, ratio, message.isEmpty(), message);
  }

  private static double ratio(double expected, double found, double allowed) {
    if (Double.compare(expected, found) == 0 || expected == found) {
      return 0;
    }
    double deviation = Math.abs(found - expected);
    return Double.isFinite(deviation) ? deviation / allowed : Double.POSITIVE_INFINITY;
  }
}
