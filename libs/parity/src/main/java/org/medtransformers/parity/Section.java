package org.medtransformers.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An object under {@code expected} that keeps account: a key that was neither compared nor declared
 * informational fails the case, since what is skipped in silence would count as passed.
 */
public final class Section {
  /** Keys beside {@code expected} that say how the tolerance came about. */
  private static final Set<String> REMARKS = Set.of("seen", "order", "why");

  private final String path;
  private final JsonNode object;
  private final Comparison comparison;
  private final Set<String> open;

  Section(String path, JsonNode object, Comparison comparison) {
    this.path = path;
    this.object = object;
    this.comparison = comparison;
    this.open = new LinkedHashSet<>(keys());
  }

  public boolean has(String key) {
    return object.has(key);
  }

  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** The value of {@code key}, which is thereby accounted for: the caller compares it. */
  public JsonNode take(String key) {
    open.remove(key);
    return object.path(key);
  }

  /** The object at {@code key}. */
  public Section section(String key) {
    return comparison.section(path(key), take(key));
  }

  /** Compares with {@code {"expected", "atol", "rtol"}} at {@code key}. */
  public void compare(String key, double... found) {
    JsonNode check = take(key);
    if (!check.isObject() || !check.has("expected")) {
      throw Mistakes.wrong(path(key), check, "{\"expected\", \"atol\", \"rtol\"}");
    }
    Section own = section(key);
    REMARKS.forEach(own::informational);
    if (own.has("count")) {
      comparison.equal(path(key) + ".count", own.take("count").asInt(), found.length);
    }
    own.take("atol");
    own.take("rtol");
    comparison.numbers(path(key), own.take("expected"), found, Tolerance.read(check, path(key)));
  }

  /** Compares with the plain numbers at {@code key}. */
  public void compare(String key, double[] found, Tolerance tolerance) {
    comparison.numbers(path(key), take(key), found, tolerance);
  }

  public void compare(String key, double found, Tolerance tolerance) {
    compare(key, new double[] {found}, tolerance);
  }

  /** A key that describes and is not compared. */
  public void informational(String key) {
    open.remove(key);
  }

  /** Where {@code key} stands, for messages. */
  public String path(String key) {
    return path + "." + key;
  }

  void requireAllTaken() {
    open.forEach(key -> comparison.mistake(path(key) + " is an unknown key"));
  }
}
