package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.function.Predicate;

/**
 * A list as the reference implementation reads it: its one element may stand by itself, {@code
 * null} means nothing, as the whole and as an element. Resolved, it is a list without nulls.
 */
record LooseListRule(Rule element, int max) implements Rule {
  @Override
  public String allowed() {
    return Rules.list(element, 0, max).allowed() + ", one of them by itself, or null";
  }

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
  public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
    ArrayNode found = JsonNodeFactory.instance.arrayNode();
    if (value.isArray()) {
      value.valueStream().filter(Predicate.not(JsonNode::isNull)).forEach(found::add);
      return Rules.list(element, 0, max).resolve(path, found, findings, typeOnly);
    }
    return value.isNull() ? found : found.add(element.resolve(path, value, findings, typeOnly));
  }
}
