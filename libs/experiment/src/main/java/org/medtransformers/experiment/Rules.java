package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.ObjectRule.Presence;

/** The vocabulary in which {@link RunSchema} is written. */
final class Rules {
  private Rules() {}

  static Rule bool() {
    return new Rule.Value(
        "true or false",
        JsonNode::isBoolean,
        v -> true,
        List.of(BooleanNode.TRUE, BooleanNode.FALSE));
  }

  /**
   * A whole number in [min, max]. What does not fit the Java type of such a number is of another
   * type, so that it is refused where something is switched off, too.
   */
  static Rule whole(long min, long max) {
    Predicate<JsonNode> fits =
        max <= Integer.MAX_VALUE ? JsonNode::canConvertToInt : JsonNode::canConvertToLong;
    return new Rule.Value(
        "a whole number " + range(min, max, Long.MAX_VALUE),
        fits.and(JsonNode::canConvertToExactIntegral),
        v -> v.longValue() >= min && v.longValue() <= max);
  }

  private static String range(long min, long max, long none) {
    return max == none ? "from " + min : "from " + min + " to " + max;
  }

  /** A finite number in [min, max]. */
  static Rule number(double min, double max) {
    return real(v -> v >= min && v <= max && Double.isFinite(v), bounds("from ", min, max));
  }

  /** A finite number above {@code min}. */
  static Rule above(double min) {
    return real(v -> v > min && Double.isFinite(v), "a number above " + plain(min));
  }

  private static String bounds(String from, double min, double max) {
    return "a number " + from + plain(min) + (max == Double.MAX_VALUE ? "" : " to " + plain(max));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static Rule real(Predicate<Double> valid, String allowed) {
    return new Rule.Value(allowed, JsonNode::isNumber, v -> valid.test(v.doubleValue()));
  }

  /** A probability. */
  static Rule p() {
    return number(0, 1);
  }

  /** A part of a whole, up to all of it. */
  static Rule share() {
    return real(v -> v > 0 && v <= 1, "a number above 0 to 1");
  }

  /** A number above 0 or {@code Infinity}, which JSON can only say as a string. */
  static Rule numberOrInfinity() {
    return new Rule.Value(
        "a number above 0, or \"Infinity\"",
        v -> v.isNumber() || v.equals(TextNode.valueOf("Infinity")),
        v -> v.isTextual() || v.doubleValue() > 0);
  }

  static Rule text() {
    return new Rule.Value("a string", JsonNode::isTextual, v -> v.textValue().length() <= 4096);
  }

  static Rule nonEmptyText() {
    return new Rule.Value(
        "a string that is not empty",
        JsonNode::isTextual,
        v -> !v.textValue().isBlank() && v.textValue().length() <= 4096);
  }

  static Rule matching(String regex, String allowed) {
    return new Rule.Value(allowed, JsonNode::isTextual, v -> v.textValue().matches(regex));
  }

  /** A value of {@code type}, as JSON writes it. */
  static <E extends Enum<E>> Rule oneOf(Class<E> type) {
    return oneOf(
        Arrays.stream(type.getEnumConstants())
            .map(value -> Json.tree(value).textValue())
            .toArray(String[]::new));
  }

  static Rule oneOf(String... names) {
    List<String> known = List.of(names);
    return new Rule.Value(
        known.stream().map(n -> '"' + n + '"').collect(Collectors.joining(", ")),
        JsonNode::isTextual,
        v -> known.contains(v.textValue()),
        known.stream().<JsonNode>map(TextNode::valueOf).toList());
  }

  /** A duration of ISO 8601, in days or less, of at most so many days. */
  static Rule duration(int mostDays) {
    return new Rule.Value(
        "a duration from \"P0D\" to \"P%dD\", such as \"P30D\" or \"PT12H\"".formatted(mostDays),
        JsonNode::isTextual,
        v -> isDuration(v.textValue(), Duration.ofDays(mostDays)));
  }

  private static boolean isDuration(String text, Duration most) {
    try {
      Duration duration = Duration.parse(text);
      return !duration.isNegative() && duration.compareTo(most) <= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  static Rule list(Rule element, int min, int max) {
    return new Rule.ListOf(element, min, max);
  }

  /** A pair of rising numbers, each by {@code element}. */
  static Rule rising(Rule element) {
    return new Rule.Value(
        "two rising numbers, each " + element.allowed(),
        v -> v.isArray() && v.size() == 2 && v.get(0).isNumber() && v.get(1).isNumber(),
        v ->
            v.get(0).doubleValue() <= v.get(1).doubleValue()
                && accepts(element, v.get(0))
                && accepts(element, v.get(1)));
  }

  private static boolean accepts(Rule rule, JsonNode value) {
    Findings findings = new Findings();
    rule.resolve("", value, findings, false);
    return !findings.hasErrors();
  }

  /** Refused as not built yet unless the value is one of {@code built}, JSON literals. */
  static Rule onlyBuilt(Rule rule, Object... built) {
    List<JsonNode> values = Arrays.stream(built).map(Json::tree).toList();
    return new Rule.NotBuilt(rule, v -> values.stream().noneMatch(b -> same(b, v)));
  }

  private static boolean same(JsonNode a, JsonNode b) {
    return (a.isNumber() && b.isNumber()) ? a.doubleValue() == b.doubleValue() : a.equals(b);
  }

  static Builder object() {
    return new Builder(null);
  }

  /** An object that does nothing while its key {@code key} is false. */
  static Builder switchedBy(String key) {
    return new Builder(key).required(key, bool());
  }

  /** Collects the keys of an {@link ObjectRule}. */
  static final class Builder {
    private final Map<String, ObjectRule.Key> keys = new LinkedHashMap<>();
    private final String switchKey;

    private Builder(String switchKey) {
      this.switchKey = switchKey;
    }

    Builder required(String name, Rule rule) {
      return put(name, rule, Presence.REQUIRED, null, null);
    }

    /** Left out of the resolved object where it is not given. */
    Builder optional(String name, Rule rule) {
      return put(name, rule, Presence.OPTIONAL, null, null);
    }

    Builder optional(String name, Rule rule, Object absent) {
      return put(name, rule, Presence.OPTIONAL, absent, null);
    }

    Builder aliased(String name, String alias, Rule rule, Object absent) {
      return put(name, rule, Presence.OPTIONAL, absent, alias);
    }

    /** A nested object; where it is not given its own defaults apply. */
    Builder nested(String name, Rule rule) {
      return put(name, rule, Presence.OPTIONAL, Map.of(), null);
    }

    Builder withoutEffect(String name, Rule rule) {
      return put(name, rule, Presence.WITHOUT_EFFECT, null, null);
    }

    private Builder put(String name, Rule rule, Presence presence, Object absent, String alias) {
      JsonNode value = absent == null ? null : Json.tree(absent);
      keys.put(name, new ObjectRule.Key(rule, presence, value, alias));
      return this;
    }

    ObjectRule build() {
      return new ObjectRule(new LinkedHashMap<>(keys), switchKey);
    }
  }
}
