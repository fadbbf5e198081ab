package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object with known keys.
 *
 * @param keys in the order in which the resolved object lists them
 * @param switchKey the key whose {@code false} switches the rest off, or null
 */
record ObjectRule(Map<String, Key> keys, String switchKey) implements Rule {

  /** How a key is treated. */
  enum Presence {
    /** Must be there. */
    REQUIRED,
    /** Filled in from {@link Key#absent}, or left out where that is null. */
    OPTIONAL,
    /** Accepted; a notice says that it has no effect; not part of the resolved object. */
    WITHOUT_EFFECT
  }

  /**
   * One key.
   *
   * @param absent the value where the key is missing, or null
   * @param alias another accepted spelling, or null
   */
  record Key(Rule rule, Presence presence, JsonNode absent, String alias) {}

  @Override
  public String allowed() {
    return "an object with the keys " + String.join(", ", keys.keySet());
  }

  @Override
  public void tellKeys(String path, ExperimentKeys.Collector all) {
    keys.forEach(
        (name, key) -> {
          all.add(join(path, name), key);
          key.rule.tellKeys(join(path, name), all);
        });
  }

  @Override
  public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
    if (!value.isObject()) {
      findings.invalid(path, "found " + Rule.shorten(value) + ", allowed: " + allowed());
      return value;
    }
    ObjectNode named = withoutAliases(path, (ObjectNode) value, findings);
    named.fieldNames().forEachRemaining(name -> requireKnown(path, name, findings));
    boolean off = typeOnly || isOff(named);
    ObjectNode resolved = JsonNodeFactory.instance.objectNode();
    keys.forEach((name, key) -> resolveKey(path, name, key, named, resolved, findings, off));
    return resolved;
  }

  private void resolveKey(
      String path,
      String name,
      Key key,
      ObjectNode value,
      ObjectNode resolved,
      Findings findings,
      boolean off) {
    JsonNode given = value.get(name);
    String where = join(path, name);
    if (given == null && key.presence == Presence.REQUIRED && !off) {
      findings.invalid(where, "missing, allowed: " + key.rule.allowed());
      return;
    }
    JsonNode effective = given == null ? key.absent : given;
    if (effective == null) {
      return;
    }
    JsonNode result = key.rule.resolve(where, effective, findings, off);
    if (key.presence == Presence.WITHOUT_EFFECT) {
      if (!off && given != null) {
        findings.withoutEffect(where);
      }
    } else {
      resolved.set(name, result);
    }
  }

  private boolean isOff(ObjectNode value) {
    if (switchKey == null) {
      return false;
    }
    JsonNode given = value.get(switchKey);
    JsonNode effective = given == null ? keys.get(switchKey).absent : given;
    return effective != null && effective.isBoolean() && !effective.booleanValue();
  }

  private ObjectNode withoutAliases(String path, ObjectNode value, Findings findings) {
    ObjectNode result = value.objectNode();
    Map<String, String> names = new LinkedHashMap<>();
    keys.forEach((name, key) -> names.put(key.alias == null ? name : key.alias, name));
    value
        .properties()
        .forEach(
            entry -> {
              String name = names.getOrDefault(entry.getKey(), entry.getKey());
              if (!name.equals(entry.getKey()) && value.has(name)) {
                findings.invalid(join(path, entry.getKey()), "given beside " + name);
              }
              result.set(name, entry.getValue());
            });
    return result;
  }

  private void requireKnown(String path, String name, Findings findings) {
    if (keys.containsKey(name)) {
      return;
    }
    if (findings.full()) {
      // It is only counted: guessing at a hundred thousand names would take minutes.
      findings.invalid(join(path, name), "unknown key");
    } else {
      String hint =
          NearestName.of(name, List.copyOf(keys.keySet()))
              .map(nearest -> ", did you mean " + nearest + "?")
              .orElse(", allowed: " + String.join(", ", keys.keySet()));
      findings.invalid(join(path, name), "unknown key" + hint);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
