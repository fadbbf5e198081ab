package org.medtransformers.golden.learning;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.parity.Verdict;

/** Nothing in a case is passed over: whichever expectation is changed, the case fails. */
class ChangedCasesTest {
  /** They describe or limit, and expect nothing. */
  private static final Set<String> REMARKS =
      Set.of("seen", "atol", "rtol", "why", "smallest_relative_margin", "smallest_gap_at_k");

  @TempDir Path folder;

  /** The way to a value: keys and positions. */
  private record Pointer(List<String> steps) {
    Pointer then(String step) {
      List<String> longer = new ArrayList<>(steps);
      longer.add(step);
      return new Pointer(longer);
    }

    String text() {
      return String.join("/", steps);
    }
  }

  @TestFactory
  Stream<DynamicTest> aChangedNumberFails() {
    return Stream.of(
            "metrics/multiclass_3_n50_s4.json",
            "metrics/binary_n25_s22.json",
            "metrics/multilabel_3_n60_s23.json",
            "schedules/plateau_max_p2.json",
            "schedules/onecycle.json",
            "optimizers/sgd_momentum.json",
            "knn/knn_500x32.json",
            "models/test_resnet_1ch_adapted.json",
            "models/test_vit_32p8.json")
        .flatMap(
            file ->
                lastNumbers(GoldenCopy.read(file).get("expected"), new Pointer(List.of("expected")))
                    .map(
                        pointer ->
                            DynamicTest.dynamicTest(
                                file + " " + pointer.text(), () -> fails(file, pointer))));
  }

  private void fails(String file, Pointer pointer) {
    Verdict verdict = GoldenCopy.run(folder, file, golden -> change(golden, pointer));
    assertFalse(verdict.passed(), verdict.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics/multiclass_degenerate.json",
        "schedules/none.json",
        "knn/knn_500x32.json",
        "models/test_vit_32p8.json"
      })
  void anUnknownKeyFails(String file) {
    Verdict expected =
        GoldenCopy.run(
            folder, file, golden -> ((ObjectNode) golden.get("expected")).put("brier_score", 0.1));
    assertFalse(expected.passed());
    assertTrue(
        expected.message().contains("expected.brier_score is an unknown key"), expected.message());
    Verdict beside = GoldenCopy.run(folder, file, golden -> golden.putObject("expected_too"));
    assertFalse(beside.passed());
    assertTrue(beside.message().contains("expected_too"), beside.message());
  }

  @Test
  void aCaseThatExpectsNothingFails() {
    Verdict verdict =
        GoldenCopy.run(
            folder, "metrics/binary_n25_s22.json", golden -> golden.putObject("expected"));
    assertFalse(verdict.passed());
    assertTrue(verdict.message().contains("nothing is compared"), verdict.message());
  }

  @Test
  void aForgedShapeIsRefusedBeforeAnythingIsFilled() {
    Verdict verdict =
        GoldenCopy.run(
            folder,
            "models/resnet18_64.json",
            golden ->
                ((ObjectNode) golden.get("config").get("input"))
                    .putArray("shape")
                    .add(1L << 40)
                    .add(3)
                    .add(64)
                    .add(64));
    assertFalse(verdict.passed());
    assertTrue(verdict.message().contains("elements"), verdict.message());
  }

  @Test
  void anOptimizerThatIsUnknownIsNamed() {
    Verdict verdict =
        GoldenCopy.run(
            folder,
            "optimizers/adam.json",
            golden -> ((ObjectNode) golden.get("config").get("optimizer")).put("type", "Lion"));
    assertFalse(verdict.passed());
    assertTrue(verdict.message().contains("Lion"), verdict.message());
  }

  /** The last number of every list, and every number outside of lists. */
  private static Stream<Pointer> lastNumbers(JsonNode node, Pointer pointer) {
    if (node.isObject()) {
      return node.properties().stream()
          .filter(field -> !REMARKS.contains(field.getKey()))
          .flatMap(field -> lastNumbers(field.getValue(), pointer.then(field.getKey())));
    }
    if (node.isArray() && !node.isEmpty()) {
      int last = node.size() - 1;
      return lastNumbers(node.get(last), pointer.then(Integer.toString(last)));
    }
    return node.isNumber() ? Stream.of(pointer) : Stream.empty();
  }

  private static void change(ObjectNode golden, Pointer pointer) {
    JsonNode parent = golden;
    List<String> way = pointer.steps().subList(0, pointer.steps().size() - 1);
    for (String step : way) {
      parent = child(parent, step);
    }
    String last = pointer.steps().get(way.size());
    DoubleNode changed = DoubleNode.valueOf(child(parent, last).doubleValue() * 1.5 + 1);
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(last), changed);
    } else {
      ((ObjectNode) parent).set(last, changed);
    }
  }

  private static JsonNode child(JsonNode parent, String step) {
    return parent instanceof ArrayNode ? parent.get(Integer.parseInt(step)) : parent.get(step);
  }
}
