package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A list that may also be written as {@code null}, which means empty. */
record NullableRule(Rule list) implements Rule {
  @Override
  public String allowed() {
    return list.allowed() + ", or null";
  }

  @Override
  public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
    return value.isNull()
        ? JsonNodeFactory.instance.arrayNode()
        : list.resolve(path, value, findings, typeOnly);
  }
}
