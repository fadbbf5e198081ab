package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SplitKind;

/**
 * The rounds of a cross-validation that a document stands for: every fold, unless it names one, and
 * {@code repeats} divisions into folds, the r-th by the split's seed plus r.
 *
 * @param document that names neither repeats nor more than one fold
 * @param label what tells the round from the others; empty where it is the only one
 */
record Rounds(ObjectNode document, String label) {
  static final int MIN_FOLDS = 3;
  static final int MAX_FOLDS = 1000;
  static final int MAX_REPEATS = 1000;
  static final int USUAL_FOLDS = 5;

  private static final String PATH = "medtrans.split";

  /**
   * The rounds of {@code document}, each made when it is looked at, as a thousand long documents
   * would not fit into memory; itself where it has a single one, or says what the rules of its keys
   * refuse.
   *
   * @param most that there may be; none and a finding if there are more
   */
  static Stream<Rounds> of(ObjectNode document, long most, Findings findings) {
    JsonNode split = document.at("/medtrans/split");
    if (!split.path("kind").asText().equals(SplitKind.KFOLD.label()) || !sound(split)) {
      return Stream.of(new Rounds(document, ""));
    }
    long folds = split.has("fold") ? 1 : split.path("folds").asInt(USUAL_FOLDS);
    long repeats = split.path("repeats").asInt(1);
    if (folds * repeats > most) {
      findings.invalid(
          PATH + (repeats > 1 ? ".repeats" : ".folds"),
          "%d runs per point of the matrix and repetition, allowed here: %d"
              .formatted(folds * repeats, most));
      return Stream.empty();
    }
    if (folds * repeats > 1) {
      requireOwnModels(document, findings);
    }
    return LongStream.range(0, folds * repeats)
        .mapToObj(i -> round(document, split, folds == 1 ? null : (int) (i % folds), i / folds));
  }

  /** Whether the numbers are such as the rules of their keys allow. */
  private static boolean sound(JsonNode split) {
    return within(split.path("folds"), MIN_FOLDS, MAX_FOLDS)
        && within(split.path("repeats"), 1, MAX_REPEATS)
        && within(split.path("seed"), 0, SplitRule.MAX_SEED);
  }

  private static boolean within(JsonNode number, long min, long max) {
    return number.isMissingNode()
        || (number.canConvertToExactIntegral()
            && number.canConvertToLong()
            && number.longValue() >= min
            && number.longValue() <= max);
  }

  /** A model of another fold has been trained on images that this one tests. */
  private static void requireOwnModels(ObjectNode document, Findings findings) {
    for (String key :
        List.of(
            "medtrans.test_only",
            "training_params.restore_session",
            "training_params.restore_only_model")) {
      if (document.at("/" + key.replace('.', '/')).asBoolean()) {
        findings.invalid(
            PATH + ".fold",
            "missing, with %s and kind \"%s\" one fold is named, and no repeats"
                .formatted(key, SplitKind.KFOLD));
      }
    }
  }

  /**
   * @param fold null for what the document says
   */
  private static Rounds round(ObjectNode document, JsonNode split, Integer fold, long repeat) {
    ObjectNode changed = document.deepCopy();
    ObjectNode own = (ObjectNode) changed.at("/medtrans/split");
    boolean repeated = own.has("repeats") && own.remove("repeats").asInt() > 1;
    long seed = split.path("seed").asLong(RunConfig.Split.SEED) + repeat;
    List<String> label = new ArrayList<>();
    if (fold != null) {
      own.put("fold", fold);
      label.add("fold " + fold);
    }
    if (repeated) {
      own.put("seed", seed);
      label.add("split seed " + seed);
    }
    return new Rounds(changed, String.join(" of ", label));
  }
}
