package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Phases.Stage;

/**
 * How much text the resolved files of an experiment's runs have together. Each run is stored, sent
 * and answered with its file, so a long file in many runs is more than anybody can hold, though the
 * document that asks for it is short. What is counted are characters.
 */
final class Volume {
  private final long most;
  private final int repetitions;
  private final Findings findings;
  private long characters;
  private boolean exceeded;

  /**
   * @param most characters that all runs may have together
   */
  Volume(long most, int repetitions, Findings findings) {
    this.most = most;
    this.repetitions = repetitions;
    this.findings = findings;
  }

  /** Whether there is too much already, so that nothing more is to be expanded. */
  boolean exceeded() {
    return exceeded;
  }

  /** Counts the runs of one more point of the matrix, which trains {@code stages}. */
  void add(List<Stage> stages) {
    for (Stage stage : stages) {
      long runs = (long) repetitions * tried(stage);
      long each = stage.file().text().length();
      characters += runs * each;
      if (characters > most && !exceeded) {
        exceeded = true;
        findings.invalid(
            "experiment",
            ("found %d runs with a resolved file of %d characters, and with those before them"
                    + " %d characters, allowed: %d in the resolved files of all runs together")
                .formatted(runs, each, characters, most));
      }
    }
  }

  /**
   * Counts what was read of a point that is refused, for as many mistakes as it has: others that
   * are as long may have different ones, but not all of a thousand are looked for.
   */
  void addRefused(ObjectNode document) {
    characters += Json.write(document).length();
    exceeded |= characters > most;
  }

  /** Learning rates that {@code stage} is tried with. */
  static int tried(Stage stage) {
    return LearningRateFinder.of(stage.file()).map(LearningRateFinder::resolution).orElse(1);
  }
}
