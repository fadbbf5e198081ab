package org.medtransformers.cli.document;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.experiment.Experiment;
import org.medtransformers.experiment.PlannedRun;

/** What an experiment would run. */
public final class DryRun {
  private static final int HASH_DIGITS = 12;

  private DryRun() {}

  /** Every run in a line, and the resolved file of the first. */
  public static String render(Experiment experiment) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "data set",
            "model",
            "initialisation",
            "phase",
            "labels",
            "repetition",
            "seed",
            "SHA-256"));
    experiment.runs().forEach(run -> rows.add(row(run)));
    return "%s: %d runs%n%n%s%nResolved file of the first run:%n%s%n"
        .formatted(
            experiment.name(),
            experiment.runs().size(),
            Columns.render(rows),
            Json.pretty(experiment.runs().get(0).file().tree()));
  }

  /** {@code 1}; {@code 1 →} where another training begins with it. */
  private static String phase(Phase phase) {
    return phase.number() + (phase.last() ? "" : " →");
  }

  private static List<String> row(PlannedRun run) {
    return List.of(
        run.dataset(),
        run.backbone(),
        run.initialisation(),
        phase(run.phase()),
        String.join(", ", run.labels()),
        String.valueOf(run.repetition() + 1),
        String.valueOf(run.seed()),
        run.file().sha256().substring(0, HASH_DIGITS));
  }
}
