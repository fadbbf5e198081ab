package org.medtransformers.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;

/**
 * A block of lines that is drawn over itself. A large experiment shows the runs that are being
 * worked on, and counts the others, so that the block stays lower than a terminal.
 */
public final class TerminalProgress implements ProgressView {
  private static final int MOST_LINES = 16;
  private static final String ESC = "\u001b[";
  private static final String NO_WRAP = ESC + "?7l";
  private static final String WRAP = ESC + "?7h";
  private static final String CLEAR_REST = ESC + "K";
  private static final String CLEAR_BELOW = ESC + "J";

  private final PrintWriter out;
  private final LongSupplier nanoTime;
  private final long began;
  private List<String> block = List.of();

  public TerminalProgress(PrintWriter out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  @Override
  public synchronized void show(ExperimentView experiment) {
    draw(List.of(), lines(experiment));
  }

  @Override
  public synchronized void say(String message) {
    draw(List.of(message), block);
  }

  @Override
  public synchronized void end() {
    block = List.of();
  }

  /** Prints {@code above} where the block was, for good, and the block under it. */
  private void draw(List<String> above, List<String> lines) {
    StringBuilder text = new StringBuilder(NO_WRAP);
    if (!block.isEmpty()) {
      text.append(ESC).append(block.size()).append('A').append('\r');
    }
    above.forEach(l -> text.append(l).append(CLEAR_REST).append('\n'));
    lines.forEach(l -> text.append(l).append(CLEAR_REST).append('\n'));
    out.print(text.append(CLEAR_BELOW).append(WRAP));
    out.flush();
    block = lines;
  }

  private List<String> lines(ExperimentView experiment) {
    List<RunView> runs = experiment.runs();
    List<RunView> visible =
        runs.size() <= MOST_LINES
            ? runs
            : runs.stream().filter(TerminalProgress::active).limit(MOST_LINES).toList();
    int width = visible.stream().mapToInt(r -> RunLine.label(r).length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add(header(experiment));
    for (RunView run : visible) {
      String label = RunLine.label(run);
      lines.add("  " + label + " ".repeat(width - label.length()) + "  " + RunLine.status(run));
    }
    return lines;
  }

  private static boolean active(RunView run) {
    return !run.state().terminal() && run.state() != RunState.QUEUED;
  }

  private String header(ExperimentView experiment) {
    List<RunView> runs = experiment.runs();
    long ended = runs.stream().filter(r -> r.state().terminal()).count();
    long failed = runs.stream().filter(r -> r.state() == RunState.FAILED).count();
    return "%s: %d of %d runs ended%s, %s"
        .formatted(
            Columns.printable(experiment.experiment().name()),
            ended,
            runs.size(),
            failed == 0 ? "" : " (" + failed + " failed)",
            Durations.clock(Duration.ofNanos(nanoTime.getAsLong() - began)));
  }
}
