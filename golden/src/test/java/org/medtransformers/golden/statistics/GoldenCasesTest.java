package org.medtransformers.golden.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.parity.Parity;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Verdict;

/** The numbers are those of scipy and scikit-learn. */
class GoldenCasesTest {
  private static final Path FOLDER = Path.of("../libs/statistics/src/test/resources/golden");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> theCaseGivesTheReferencesNumbers() {
    return run(FOLDER).stream()
        .map(v -> DynamicTest.dynamicTest(v.name(), () -> assertTrue(v.passed(), v.message())));
  }

  @Test
  void noCaseIsLeftOut() {
    assertEquals(9, run(FOLDER).size());
  }

  /** A number that is off by more than its tolerance fails, wherever it stands. */
  @ParameterizedTest
  @CsvSource({
    "corrected_t_5x3, /p",
    "corrected_t_5x3, /degrees_of_freedom",
    "ranks_6x4, /mean_ranks/2",
    "ranks_6x4, /friedman/chi_square",
    "ranks_6x4, /nemenyi/p/1/2",
    "operating_60_80, /threshold_logit",
    "operating_60_80, /npv",
    "operating_60_80, /sensitivity_at_specificity/0.90",
    "operating_60_80, /temperature/value",
    "operating_60_80, /ece_after/value",
    "bca_mean_40, /acceleration",
    "bca_mean_40, /interval/high"
  })
  void aChangedNumberFails(String name, String pointer) {
    Verdict verdict = changed(name, golden -> change(golden.get("expected"), pointer));
    assertFalse(verdict.passed());
    assertTrue(verdict.message().startsWith("expected."), verdict::message);
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    assertEquals(
        "config.kind: found astrology, allowed are corrected_resampled_t, ranks, operating_points, bca",
        changed("bca_mean_40", golden -> config(golden).put("kind", "astrology")).message());
    assertEquals(
        "config.statistic: found median, allowed is mean",
        changed("bca_mean_40", golden -> config(golden).put("statistic", "median")).message());
    assertEquals(
        "config.seed is an unknown key",
        changed("corrected_t_5x1", golden -> config(golden).put("seed", 3)).message());
    assertEquals(
        "expected.nemenyi.q is an unknown key",
        changed("ranks_6x4", g -> ((ObjectNode) g.at("/expected/nemenyi")).put("q", 1)).message());
    assertTrue(
        changed(
                "operating_60_80",
                g -> ((ObjectNode) g.at("/expected/sensitivity_at_specificity")).put("0.99", 1))
            .message()
            .startsWith("expected.sensitivity_at_specificity.0.99: no such specificity"));
  }

  private static ObjectNode config(ObjectNode golden) {
    return (ObjectNode) golden.get("config");
  }

  private static void change(JsonNode expected, String pointer) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = expected.at(pointer.substring(0, last));
    double value = expected.at(pointer).doubleValue() * 1.01 + 0.01;
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(pointer.substring(last + 1)), DoubleNode.valueOf(value));
    } else {
      ((ObjectNode) parent).put(pointer.substring(last + 1), value);
    }
  }

  /** The one line of a folder with the case after {@code change}. */
  private Verdict changed(String name, Consumer<ObjectNode> change) {
    String file = "statistics/" + name + ".json";
    try {
      ObjectNode golden = (ObjectNode) Json.parse(Files.readString(FOLDER.resolve(file)));
      change.accept(golden);
      byte[] text = Json.write(golden).getBytes(StandardCharsets.UTF_8);
      CRC32 crc = new CRC32();
      crc.update(text);
      Files.createDirectories(folder.resolve("statistics"));
      Files.write(folder.resolve(file), text);
      Map<String, Object> manifest =
          Map.of(
              "cases",
              List.of(Map.of("group", "statistics", "case", name, "file", file)),
              "files",
              Map.of(file, Map.of("bytes", text.length, "crc32", crc.getValue())));
      Files.writeString(folder.resolve("manifest.json"), Json.write(manifest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Verdict> verdicts = run(folder);
    assertEquals(1, verdicts.size());
    return verdicts.get(0);
  }

  private static List<Verdict> run(Path folder) {
    List<Verdict> verdicts = new ArrayList<>();
    new Parity(StatisticsCases.runners()).run(folder, Optional.empty(), new Report(verdicts::add));
    return verdicts;
  }
}
