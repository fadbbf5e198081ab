package org.medtransformers.experiment;

import static org.medtransformers.experiment.Rules.bool;
import static org.medtransformers.experiment.Rules.list;
import static org.medtransformers.experiment.Rules.nonEmptyText;
import static org.medtransformers.experiment.Rules.object;
import static org.medtransformers.experiment.Rules.oneOf;
import static org.medtransformers.experiment.Rules.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.augmentation.BuiltInStrategies;
import org.medtransformers.experiment.augmentation.Strategy;

/** An augmentation strategy, or the name of a built-in one, which is resolved to it. */
record AugmentationRule(ObjectRule strategy) implements Rule {
  private static final int MOST_VIEWS = 64;

  static AugmentationRule create() {
    ObjectRule view = TransformRules.view();
    Rule inherited = oneOf(view.keys().keySet().toArray(String[]::new));
    return new AugmentationRule(
        object()
            .nested(
                "general_args",
                object()
                    .optional("overwrite_defaults", bool(), true)
                    .optional(
                        "inherit", new LooseListRule(inherited, view.keys().size()), List.of())
                    .optional("img_size", whole(1, TransformRules.MAX_SIDE))
                    .build())
            .required(
                "repetition_strategy",
                object()
                    .required("n_augmentations", list(whole(1, MOST_VIEWS), 1, MOST_VIEWS))
                    .required("order", list(nonEmptyText(), 1, MOST_VIEWS))
                    .build())
            .required(
                "transforms",
                object().required("train_transforms", new MapOf(view, MOST_VIEWS)).build())
            .build());
  }

  @Override
  public String allowed() {
    return BuiltInStrategies.NAMES.stream()
            .map(n -> '"' + n + '"')
            .collect(Collectors.joining(", "))
        + ", or a strategy itself, "
        + strategy.allowed()
        + " (of a file that is named instead,"
        + " medtrans run sends the content)";
  }

  /** Of those that have a name. */
  @Override
  public List<JsonNode> values() {
    return BuiltInStrategies.NAMES.stream().<JsonNode>map(TextNode::valueOf).toList();
  }

  @Override
  public void tellKeys(String path, ExperimentKeys.Collector keys) {
    strategy.tellKeys(path, keys);
  }

  @Override
  public JsonNode resolve(String path, JsonNode value, Findings findings, boolean typeOnly) {
    JsonNode given = value;
    if (value.isTextual()) {
      given = BuiltInStrategies.of(value.textValue()).map(JsonNode.class::cast).orElse(value);
    }
    if (!given.isObject()) {
      findings.invalid(path, "found " + Rule.shorten(value) + ", allowed: " + allowed());
      return value;
    }
    Findings own = new Findings();
    JsonNode resolved = strategy.resolve(path, given, own, typeOnly);
    if (!own.hasErrors() && !typeOnly) {
      check(path, Json.convert(resolved, Strategy.class), own);
    }
    findings.addAll(own);
    return resolved;
  }

  private static void check(String path, Strategy strategy, Findings findings) {
    String where = path + ".repetition_strategy";
    List<String> order = strategy.repetition().order();
    List<Integer> counts = strategy.repetition().nAugmentations();
    List<String> known = List.copyOf(strategy.transforms().trainTransforms().keySet());
    IntStream.range(0, order.size())
        .filter(i -> !known.contains(order.get(i)))
        .forEach(
            i ->
                findings.invalid(
                    "%s.order[%d]".formatted(where, i),
                    "found \"%s\", allowed: %s".formatted(order.get(i), String.join(", ", known))));
    if (counts.size() != order.size()) {
      findings.invalid(
          where + ".n_augmentations",
          "found %d numbers, allowed: %d, one for each of order"
              .formatted(counts.size(), order.size()));
    }
    int views = counts.stream().mapToInt(Integer::intValue).sum();
    if (views > MOST_VIEWS) {
      findings.invalid(
          where + ".n_augmentations", "found %d views, allowed: %d".formatted(views, MOST_VIEWS));
    }
    known.stream()
        .filter(name -> !order.contains(name))
        .forEach(
            name ->
                findings.notice(
                    path + ".transforms.train_transforms." + name,
                    "does nothing: repetition_strategy.order does not name it"));
  }
}
