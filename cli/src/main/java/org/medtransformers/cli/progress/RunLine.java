package org.medtransformers.cli.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;

/** One run in one line. */
public final class RunLine {
  private RunLine() {}

  /**
   * {@code APTOS2019 resnet18 random #1}; matrix labels that say more follow in brackets. A run
   * that another one begins with says which phase it is.
   */
  public static String label(RunView run) {
    String more =
        run.labels() == null
            ? ""
            : run.labels().stream()
                .filter(l -> !l.equals(run.backbone()) && !l.equals(run.initialisation()))
                .filter(l -> !l.equals(run.dataset()))
                .collect(Collectors.joining(", "));
    return Columns.printable(
        run.dataset()
            + " "
            + run.backbone()
            + " "
            + run.initialisation()
            + (more.isEmpty() ? "" : " [" + more + "]")
            + (run.phase() == null || run.phase().last() ? "" : " phase " + run.phase().number())
            + " #"
            + (run.repetition() + 1));
  }

  /** State and numbers, without the label. */
  static String status(RunView run) {
    RunProgress progress = run.progress();
    if (run.state().terminal()) {
      return run.state() + ending(run);
    }
    return progress == null
        ? run.state().name()
        : run.state() + Columns.printable(numbers(progress, run.state()));
  }

  /** The first line of the reason; the whole of it is in the report. */
  private static String ending(RunView run) {
    ErrorInfo error = run.error();
    return error == null || error.message() == null
        ? ""
        : "  "
            + error.code()
            + ": "
            + Columns.printable(error.message().lines().findFirst().orElse(""));
  }

  private static String numbers(RunProgress progress, RunState state) {
    List<String> parts = new ArrayList<>();
    if (progress.epoch() != null) {
      parts.add(format("epoch %.1f", progress.epoch()));
    }
    if (progress.iteration() != null) {
      String of = progress.iterations() == null ? "" : "/" + progress.iterations();
      String unit = state == RunState.PREPARING ? "image " : "iteration ";
      parts.add(unit + progress.iteration() + of);
    }
    if (progress.loss() != null) {
      parts.add(format("loss %.4f", progress.loss()));
    }
    if (progress.validation() != null) {
      parts.add(format("val %.4f", progress.validation()));
    }
    if (progress.collapse() != null) {
      parts.add(collapse(progress.collapse()));
    }
    if (progress.imagesPerSecond() != null) {
      parts.add(format("%.0f images/s", progress.imagesPerSecond()));
    }
    if (progress.secondsLeft() != null) {
      parts.add(Durations.clock(progress.secondsLeft()) + " left");
    }
    if (progress.dataWaitShare() != null) {
      parts.add(format("%.0f%% data wait", 100 * progress.dataWaitShare()));
    }
    if (progress.detail() != null && !progress.detail().isBlank()) {
      parts.add(progress.detail());
    }
    return parts.stream().map(p -> "  " + p).collect(Collectors.joining());
  }

  private static String collapse(Collapse collapse) {
    String entropy =
        collapse.teacherEntropy() == null
            ? ""
            : format("entropy %.2f  ", collapse.teacherEntropy());
    return entropy
        + format("spread %.4f", collapse.embeddingStd())
        + (collapse.suspected() ? " (collapsed?)" : "");
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
