package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;

/** The transforms of a split: one object of named transforms, or a list of such, one per view. */
record ViewsRule(Rule view) implements Rule {
  @Override
  public String allowed() {
    return "an object of named transforms, or a list of such objects";
  }

  @Override
  public void tellKeys(String path, ExperimentKeys.Collector keys) {
    view.tellKeys(path, keys);
  }

  @Override
  public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
    if (!value.isArray()) {
      return view.resolve(path, value, findings, typeOnly);
    }
    return new ListOf(view, 1, 64).resolve(path, value, findings, typeOnly);
  }
}
