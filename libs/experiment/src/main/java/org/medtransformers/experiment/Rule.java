package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

  /** A scalar. */
  record Value(String allowed, Predicate<JsonNode> type, Predicate<JsonNode> valid)
      implements Rule {
    @Override
    public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
      if (!type.test(value) || (!typeOnly && !valid.test(value))) {
        findings.invalid(path, "found " + shorten(value) + ", allowed: " + allowed);
      }
      return value;
    }
  }

  /** A list whose elements all follow {@code element}. */
  record ListOf(Rule element, int min, int max) implements Rule {
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
