package org.medtransformers.experiment;

import static org.medtransformers.experiment.Rules.list;
import static org.medtransformers.experiment.Rules.nonEmptyText;
import static org.medtransformers.experiment.Rules.object;
import static org.medtransformers.experiment.Rules.oneOf;
import static org.medtransformers.experiment.Rules.p;
import static org.medtransformers.experiment.Rules.share;
import static org.medtransformers.experiment.Rules.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SplitKind;

/**
 * {@code medtrans.split}: its kind decides which other keys there are.
 *
 * @param kinds all keys, by kind; all kinds are there
 */
record SplitRule(Map<SplitKind, ObjectRule> kinds) implements Rule {
  private static final SplitKind DEFAULT = SplitKind.SEED_COMPATIBLE;
  static final long MAX_SEED = Long.MAX_VALUE / 2;

  private static final Rule KIND = oneOf(SplitKind.class);
  private static final Rule GROUP_PATTERN =
      new Rule.Value(
          "a regular expression of RE2 with a named group, (?<group>...)",
          JsonNode::isTextual,
          v -> hasGroup(v.textValue()));

  static SplitRule split() {
    Map<SplitKind, ObjectRule> kinds = new EnumMap<>(SplitKind.class);
    for (SplitKind kind : SplitKind.values()) {
      kinds.put(kind, keys(kind));
    }
    return new SplitRule(kinds);
  }

  private static ObjectRule keys(SplitKind kind) {
    Rules.Builder keys =
        object()
            .optional("kind", KIND, DEFAULT)
            .optional("group_column", nonEmptyText())
            .optional("group_pattern", GROUP_PATTERN)
            .optional("train_fraction", share());
    return switch (kind) {
      case SEED_COMPATIBLE -> keys.build();
      case GROUPED ->
          keys.optional("fractions", list(p(), 3, 3), List.of(0.7, 0.15, 0.15))
              .optional("seed", whole(0, MAX_SEED))
              .build();
      case KFOLD ->
          keys.optional("folds", whole(Rounds.MIN_FOLDS, Rounds.MAX_FOLDS), Rounds.USUAL_FOLDS)
              .optional("fold", whole(0, Rounds.MAX_FOLDS - 1))
              .optional("repeats", whole(1, Rounds.MAX_REPEATS))
              .optional("seed", whole(0, MAX_SEED))
              .build();
    };
  }

  @Override
  public String allowed() {
    return "an object with a kind of "
        + kinds.keySet().stream().map(SplitKind::label).collect(Collectors.joining(", "));
  }

  @Override
  public void tellKeys(String path, ExperimentKeys.Collector keys) {
    kinds.values().forEach(rule -> rule.tellKeys(path, keys));
  }

  @Override
  public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
    String name = value.path("kind").asText(DEFAULT.label());
    Optional<SplitKind> kind =
        kinds.keySet().stream().filter(known -> known.label().equals(name)).findFirst();
    if (kind.isEmpty() || !value.isObject()) {
      findings.invalid(
          kind.isEmpty() ? path + ".kind" : path,
          "found %s, allowed: %s".formatted(Rule.shorten(value), allowed()));
      return value;
    }
    ObjectNode keys = value.deepCopy();
    refuseKeysOfOtherKinds(path, kind.get(), keys, findings);
    JsonNode resolved = kinds.get(kind.get()).resolve(path, keys, findings, typeOnly);
    check(path, resolved, findings);
    return resolved;
  }

  private void refuseKeysOfOtherKinds(
      String path, SplitKind kind, ObjectNode given, Findings findings) {
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

  private static boolean hasGroup(String pattern) {
    try {
      return Pattern.compile(pattern).namedGroups().containsKey("group");
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static void check(String path, JsonNode split, Findings findings) {
    if (split.has("group_column") && split.has("group_pattern")) {
      findings.invalid(path + ".group_pattern", "given with group_column, allowed: one of them");
    }
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
