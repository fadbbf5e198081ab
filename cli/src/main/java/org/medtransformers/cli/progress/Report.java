package org.medtransformers.cli.progress;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.contracts.result.TableText;

/** What is said of an experiment when it has ended. */
public final class Report {
  static final String SYNTHETIC =
      "; synthetic images, drawn by a program: they say nothing of patients";

  private Report() {}

  /**
   * What was found, why runs failed, and where everything is.
   *
   * @param runs folder that holds one folder per run
   */
  public static String of(ExperimentView experiment, Path runs) {
    return findings(experiment) + failures(experiment.runs()) + artifacts(experiment, runs);
  }

  /** The comparison, and the searches for the learning rate. */
  public static String findings(ExperimentView experiment) {
    String comparison = experiment.table().rows().isEmpty() ? "" : comparison(experiment);
    return comparison + searches(experiment);
  }

  /** The searches for the learning rate; empty if there are none. */
  public static String searches(ExperimentView experiment) {
    return experiment.searches().stream().map(SearchText::render).collect(Collectors.joining());
  }

  private static String comparison(ExperimentView experiment) {
    return "\n"
        + experiment.experiment().name()
        + ": "
        + TableText.title(experiment.table())
        + "\n\n"
        + TableText.render(experiment.table());
  }

  /** Why runs failed; empty if none did. */
  public static String failures(List<RunView> runs) {
    String lines =
        runs.stream()
            .filter(r -> r.state() == RunState.FAILED)
            .map(r -> "  " + RunLine.label(r) + "  " + reason(r) + "\n")
            .collect(Collectors.joining());
    return lines.isEmpty() ? "" : "\nFailed:\n" + lines;
  }

  private static String reason(RunView run) {
    return run.error() == null
        ? "no reason was given"
        : run.error().code() + ": " + run.error().message();
  }

  private static String artifacts(ExperimentView experiment, Path runs) {
    List<List<String>> rows =
        experiment.runs().stream()
            .map(
                r ->
                    List.of(
                        "  " + RunLine.label(r), r.state().name(), runs.resolve(r.id()).toString()))
            .toList();
    return "\nCheckpoints and results:\n"
        + Columns.render(rows)
        + "\nAll metrics, and tests between the models: medtrans results "
        + experiment.experiment().id()
        + "\n";
  }
}
