package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.config.TrainingMethod;

/**
 * The trainings that one point of the matrix consists of: each begins with the backbone that the
 * one before has trained, the first with what the file says.
 *
 * @param entries what the document says of them; empty for a single training
 * @param path where it says so
 */
record Phases(List<Entry> entries, String path) {
  /** A single training, as the file says. */
  static final Phases NONE = new Phases(List.of(), "");

  private static final String METHOD = "medtrans.method";
  private static final String MODEL_NAME = "training_params.model_name";

  /**
   * One phase as the document says it.
   *
   * @param label what the table calls it; null for the name of its method
   */
  record Entry(TrainingMethod method, String label, ObjectNode set) {}

  /**
   * One training.
   *
   * @param initialisation its row of the comparison
   */
  record Stage(RunFile file, String initialisation) {
    static Stage of(RunFile file, String start) {
      return new Stage(file, Initialisation.row(file.config(), start));
    }
  }

  /** The trainings in their order; none where a file is wrong. */
  List<Stage> resolve(ObjectNode document, Findings findings) {
    if (entries.isEmpty()) {
      return RunResolver.resolve(document, findings)
          .map(file -> List.of(Stage.of(file, Initialisation.start(file.config()))))
          .orElse(List.of());
    }
    refuseOtherMethod(document, findings);
    tellOfLastLabel(findings);
    List<RunFile> files = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      file(i, document, findings).ifPresent(files::add);
    }
    if (files.size() < entries.size()) {
      return List.of();
    }
    PhaseChecks.check(files, path, findings);
    return IntStream.range(0, files.size())
        .mapToObj(i -> Stage.of(files.get(i), start(i, files)))
        .toList();
  }

  private void tellOfLastLabel(Findings findings) {
    int last = entries.size() - 1;
    if (entries.get(last).label() != null) {
      findings.notice(
          "%s[%d].label".formatted(path, last),
          "does nothing: a row is called after the phases before its own");
    }
  }

  private void refuseOtherMethod(ObjectNode document, Findings findings) {
    String supervised = TrainingMethod.SUPERVISED.label();
    String given = document.at("/medtrans/method").asText(supervised);
    if (!given.equals(supervised)) {
      findings.invalid(
          METHOD,
          "found \"%s\", allowed: none beside %s, which name theirs".formatted(given, path));
    }
  }

  private Optional<RunFile> file(int index, ObjectNode document, Findings findings) {
    Entry entry = entries.get(index);
    ObjectNode changed = document.deepCopy();
    if (index > 0) {
      removePublishedWeights(changed);
    }
    String where = "%s[%d].set".formatted(path, index);
    Expansion.apply(changed, METHOD, Json.tree(entry.method()), where, findings);
    entry
        .set()
        .properties()
        .forEach(e -> Expansion.apply(changed, e.getKey(), e.getValue(), where, findings));
    Optional<RunFile> file = RunResolver.resolve(changed, findings);
    boolean last = index == entries.size() - 1;
    boolean named =
        entry.set().has(MODEL_NAME) || entry.set().at("/training_params").has("model_name");
    return last || named ? file : file.map(f -> RunResolver.named(f, "_phase_" + (index + 1)));
  }

  /** They are what the first phase begins with. */
  private static void removePublishedWeights(ObjectNode document) {
    if (document.path("model_params") instanceof ObjectNode model) {
      model.remove("pretrained");
    }
    if (document.path("medtrans") instanceof ObjectNode medtrans) {
      medtrans.remove("weights_file");
    }
  }

  /** {@code ImageNet (supervised) + DINO}. */
  private String start(int index, List<RunFile> files) {
    PhaseImages images = PhaseImages.of(files.get(index).config());
    return Initialisation.start(files.get(0).config())
        + IntStream.range(0, index)
            .mapToObj(i -> " + " + name(entries.get(i), files.get(i).config(), images))
            .collect(Collectors.joining());
  }

  private static String name(Entry entry, RunConfig run, PhaseImages images) {
    if (entry.label() != null) {
      return entry.label();
    }
    String own = PhaseImages.of(run).beside(images);
    return Initialisation.method(run) + (own.isEmpty() ? "" : " on " + own);
  }
}
