package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medtransformers.contracts.Json;

/**
 * Reads the experiment document: one JSON object in the format of the paper's reference
 * implementation, with an optional {@code experiment} object that says what is varied and repeated.
 * Every key is checked, defaults are filled in, and the matrix is expanded to runs.
 */
public final class ExperimentFile {
  private static final ObjectRule EXPERIMENT = ExperimentRules.experiment();

  /** A file has a few thousand characters: room for a thousand runs with three times as many. */
  private static final long USUAL_CHARACTERS = 16L << 20;

  private ExperimentFile() {}

  /** {@link #read(JsonNode, long)} by the limit that a gateway has unless it is told another. */
  public static Experiment read(JsonNode document) {
    return read(document, USUAL_CHARACTERS);
  }

  /**
   * Validates and expands {@code document} without touching anything else.
   *
   * @param mostCharacters that the resolved files of all runs may have together; what has more is
   *     refused before it is expanded
   * @throws org.medtransformers.contracts.error.MedtransException with one error per mistake, each
   *     naming the JSON path, what was found and what is allowed
   */
  public static Experiment read(JsonNode document, long mostCharacters) {
    Findings findings = new Findings();
    if (!(document instanceof ObjectNode object)) {
      findings.invalid("document", "found " + Rule.shorten(document) + ", allowed: a JSON object");
      findings.throwErrors();
      throw new IllegalStateException("unreachable");
    }
    ObjectNode base = object.deepCopy();
    JsonNode given = base.has("experiment") ? base.remove("experiment") : base.objectNode();
    JsonNode resolved = EXPERIMENT.resolve("experiment", given, findings, false);
    findings.throwErrors();
    Header header = Json.convert(resolved, Header.class);
    Volume volume = new Volume(mostCharacters, header.repetitions(), findings);
    List<PlannedRun> runs = new Expansion(base, header, volume, findings).runs();
    findings.throwErrors();
    return new Experiment(
        header.name() == null ? defaultName(runs) : header.name(),
        header.seed(),
        header.repetitions(),
        document,
        runs,
        findings.notices());
  }

  private static String defaultName(List<PlannedRun> runs) {
    return runs.get(0).file().config().training().modelName();
  }

  /**
   * The {@code experiment} object.
   *
   * @param phases null where a point is a single training
   */
  record Header(
      String name,
      long seed,
      int repetitions,
      List<List<Entry>> matrix,
      List<Phases.Entry> phases) {}

  /**
   * One alternative of one axis of the matrix.
   *
   * @param phases of its points; null for those of the experiment
   */
  record Entry(String label, ObjectNode set, List<Phases.Entry> phases) {}
}
