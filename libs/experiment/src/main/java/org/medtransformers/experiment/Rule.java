package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What is allowed at one place of the document. */
sealed interface Rule
    permits Rule.Value,
        AugmentationRule,
        MapOf,
        Rule.ListOf,
        Rule.NotBuilt,
        ObjectRule,
        OptimizerRule,
        SplitRule,
        ViewsRule,
        LooseListRule {

  /**
   * Checks {@code value} and fills in what it leaves open.
   *
   * @param typeOnly true inside something that is switched off: types are checked, values are not
   * @return the resolved value; unspecified when a finding was reported
   */
  JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly);

  /** A short text for error messages: what is allowed here. */
  String allowed();

  /** What JSON calls the value: boolean, integer, number, string, list or object. */
  default String type() {
    return "object";
  }

  /** The values that are allowed, where they can be listed; else none. */
  default List<JsonNode> values() {
    return List.of();
  }

  /** Tells {@code keys} of each key that may lie inside a value at {@code path}. */
  default void tellKeys(String path, ExperimentKeys.Collector keys) {}

  /**
   * A scalar.
   *
   * @param values all that are allowed, where they can be listed; else none
   */
  record Value(
      String allowed, Predicate<JsonNode> is, Predicate<JsonNode> valid, List<JsonNode> values)
      implements Rule {
    Value(String allowed, Predicate<JsonNode> is, Predicate<JsonNode> valid) {
      this(allowed, is, valid, List.of());
    }

    @Override
    public String type() {
      return SAMPLES.entrySet().stream()
          .filter(sample -> is.test(sample.getValue()))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse("list");
    }

    @Override
    public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
      if (!is.test(value) || (!typeOnly && !valid.test(value))) {
        findings.invalid(path, "found " + shorten(value) + ", allowed: " + allowed);
      }
      return value;
    }
  }

  /** One value of each type, the narrowest last. */
  Map<String, JsonNode> SAMPLES = samples();

  private static Map<String, JsonNode> samples() {
    Map<String, JsonNode> samples = new LinkedHashMap<>();
    samples.put("boolean", BooleanNode.TRUE);
    samples.put("number", DoubleNode.valueOf(0.5));
    samples.put("integer", IntNode.valueOf(1));
    samples.put("string", TextNode.valueOf(""));
    samples.put("object", JsonNodeFactory.instance.objectNode());
    return samples;
  }

  /** A list whose elements all follow {@code element}. */
  record ListOf(Rule element, int min, int max) implements Rule {
    @Override
    public String type() {
      return "list";
    }

    @Override
    public List<JsonNode> values() {
      return element.values();
    }

    @Override
    public void tellKeys(String path, ExperimentKeys.Collector keys) {
      element.tellKeys(path, keys);
    }

    @Override
    public String allowed() {
      String size = min == max ? "" + min : min + " to " + (max == Integer.MAX_VALUE ? "any" : max);
      return "a list of " + size + " elements, each " + element.allowed();
    }

    @Override
    public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
      if (!value.isArray() || (!typeOnly && (value.size() < min || value.size() > max))) {
        findings.invalid(path, "found " + shorten(value) + ", allowed: " + allowed());
        return value;
      }
      ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < value.size(); i++) {
        resolved.add(element.resolve(path + "[" + i + "]", value.get(i), findings, typeOnly));
      }
      return resolved;
    }
  }

  /** Legal by {@code rule}, but refused where {@code unbuilt} says that it cannot be done yet. */
  record NotBuilt(Rule rule, Predicate<JsonNode> unbuilt) implements Rule {
    @Override
    public String type() {
      return rule.type();
    }

    @Override
    public List<JsonNode> values() {
      return rule.values().stream().filter(unbuilt.negate()).toList();
    }

    @Override
    public void tellKeys(String path, ExperimentKeys.Collector keys) {
      rule.tellKeys(path, keys);
    }

    @Override
    public String allowed() {
      return rule.allowed();
    }

    @Override
    public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
      Findings own = new Findings();
      JsonNode resolved = rule.resolve(path, value, own, typeOnly);
      if (!typeOnly && !own.hasErrors() && unbuilt.test(value)) {
        own.notBuilt(path, shorten(value));
      }
      findings.addAll(own);
      return resolved;
    }
  }

  /** The value as it stands in the document, cut to a readable length. */
  static String shorten(JsonNode value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
