package org.medtransformers.experiment;

import static org.medtransformers.experiment.Rules.list;
import static org.medtransformers.experiment.Rules.nonEmptyText;
import static org.medtransformers.experiment.Rules.object;
import static org.medtransformers.experiment.Rules.oneOf;
import static org.medtransformers.experiment.Rules.p;
import static org.medtransformers.experiment.Rules.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.config.RunConfig;

/**
 * {@code medtrans.split}: its kind decides which other keys there are.
 *
 * @param kinds all keys, by kind; the default one first
 */
record SplitRule(Map<String, ObjectRule> kinds) implements Rule {
  private static final String DEFAULT = "seed-compatible";
  private static final String[] NAMES = {DEFAULT, "grouped", "kfold"};

  static SplitRule split() {
    Map<String, ObjectRule> kinds = new LinkedHashMap<>();
    kinds.put(DEFAULT, common().build());
    kinds.put(
        "grouped",
        common().optional("fractions", list(p(), 3, 3), List.of(0.7, 0.15, 0.15)).build());
    kinds.put(
        "kfold",
        common().optional("folds", whole(3, 1000), 5).optional("fold", whole(0, 999), 0).build());
    return new SplitRule(kinds);
  }

  private static Rules.Builder common() {
    return object()
        .optional("kind", oneOf(NAMES), DEFAULT)
        .optional("group_column", nonEmptyText());
  }

  @Override
  public String allowed() {
    return "an object with a kind of " + String.join(", ", NAMES);
  }

  @Override
  public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
    String kind = value.path("kind").asText(DEFAULT);
    ObjectRule rule = kinds.get(kind);
    if (rule == null || !value.isObject()) {
      findings.invalid(
          rule == null ? path + ".kind" : path,
          "found %s, allowed: %s".formatted(Rule.shorten(value), allowed()));
      return value;
    }
    ObjectNode keys = value.deepCopy();
    refuseKeysOfOtherKinds(path, kind, keys, findings);
    JsonNode resolved = rule.resolve(path, keys, findings, typeOnly);
    check(path, resolved, findings);
    return resolved;
  }

  private void refuseKeysOfOtherKinds(
      String path, String kind, ObjectNode given, Findings findings) {
    kinds.forEach(
        (other, rule) ->
            rule.keys().keySet().stream()
                .filter(key -> !kinds.get(kind).keys().containsKey(key))
                .filter(key -> given.remove(key) != null)
                .forEach(
                    key ->
                        findings.invalid(
                            path + "." + key,
                            "given with kind \"%s\", allowed with \"%s\"".formatted(kind, other))));
  }

  private static void check(String path, JsonNode split, Findings findings) {
    JsonNode fractions = split.path("fractions");
    List<JsonNode> shares = new ArrayList<>();
    fractions.forEach(shares::add);
    if (shares.size() == 3
        && shares.stream().allMatch(JsonNode::isNumber)
        && !RunConfig.Split.isWhole(shares.stream().map(JsonNode::doubleValue).toList())) {
      findings.invalid(
          path + ".fractions",
          "found %s, allowed: shares of training, validation and test that sum to 1; only that of"
                  .formatted(fractions)
              + " validation may be 0");
    }
    JsonNode fold = split.path("fold");
    JsonNode folds = split.path("folds");
    if (fold.isInt() && folds.isInt() && fold.intValue() >= folds.intValue()) {
      findings.invalid(
          path + ".fold",
          "found %s, allowed: from 0 to %d, one less than folds"
              .formatted(fold, folds.intValue() - 1));
    }
  }
}
