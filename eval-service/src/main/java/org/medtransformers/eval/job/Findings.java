package org.medtransformers.eval.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Metrics;

/** What the parts of an evaluation have found so far. */
final class Findings {
  private final Map<String, Object> parts = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private Metrics metrics;

  /** The metrics of the run. */
  void metrics(Metrics found) {
    metrics = found;
  }

  Metrics metrics() {
    return metrics;
  }

  /**
   * One part of {@code results.json}.
   *
   * @param name a component of {@link EvaluationResults}
   */
  void part(String name, Object found) {
    parts.put(name, found);
  }

  /** A file beside {@code results.json}, in UTF-8. */
  void file(String name, String content) {
    file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A file beside {@code results.json}. */
  void file(String name, byte[] content) {
    files.put(name, content);
  }

  /** What a reader of the numbers must know. */
  void warn(String warning) {
    warnings.add(warning);
  }

  List<String> warnings() {
    return warnings;
  }

  Map<String, byte[]> files() {
    return files;
  }

  /** The text of {@code results.json}. */
  String results(EvaluationResults.Origin origin) {
    ObjectNode whole = (ObjectNode) Json.tree(origin);
    whole.set("metrics", Json.tree(metrics));
    parts.forEach((name, found) -> whole.set(name, Json.tree(found)));
    whole.set("warnings", Json.tree(warnings));
    return Json.pretty(whole) + "\n";
  }
}
