package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * An optimizer: its {@code type} decides which {@code params} it knows, with PyTorch's names and
 * defaults.
 *
 * @param outline the keys without {@code params}
 * @param params by type
 */
record OptimizerRule(ObjectRule outline, Map<String, ObjectRule> params) implements Rule {
  @Override
  public String allowed() {
    return outline.allowed() + ", params";
  }

  @Override
  public void tellKeys(String path, ExperimentKeys.Collector keys) {
    outline.tellKeys(path, keys);
    params
        .values()
        .forEach(
            rule -> {
              keys.add(
                  path + ".params",
                  new ObjectRule.Key(rule, ObjectRule.Presence.OPTIONAL, null, null));
              rule.tellKeys(path + ".params", keys);
            });
  }

  @Override
  public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
    if (!value.isObject()) {
      return outline.resolve(path, value, findings, typeOnly);
    }
    ObjectNode rest = value.deepCopy();
    JsonNode given = rest.remove("params");
    JsonNode resolved = outline.resolve(path, rest, findings, typeOnly);
    ObjectRule rule = params.get(resolved.path("type").asText());
    if (rule != null && resolved instanceof ObjectNode object) {
      JsonNode present = given == null ? object.objectNode() : given;
      object.set("params", rule.resolve(path + ".params", present, findings, typeOnly));
    }
    return resolved;
  }
}
