package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object whose keys are names that the user gives, with a value by {@code value} each. */
record MapOf(Rule value, int most) implements Rule {
  @Override
  public String allowed() {
    return "an object of 1 to %d names, each with %s".formatted(most, value.allowed());
  }

  @Override
  public void tellKeys(String path, ExperimentKeys.Collector keys) {
    value.tellKeys(path + ".*", keys);
  }

  @Override
  public JsonNode resolve(String path, JsonNode given, Findings findings, boolean typeOnly) {
    if (!given.isObject() || given.isEmpty() || given.size() > most) {
      findings.invalid(path, "found " + Rule.shorten(given) + ", allowed: " + allowed());
      return given;
    }
    ObjectNode resolved = JsonNodeFactory.instance.objectNode();
    given
        .properties()
        .forEach(
            e ->
                resolved.set(
                    e.getKey(),
                    value.resolve(path + "." + e.getKey(), e.getValue(), findings, typeOnly)));
    return resolved;
  }
}
