package org.medtransformers.cli.progress;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;

/**
 * For logs and pipes: a line for every change of state, and for every run at most one line of
 * numbers each few seconds.
 */
public final class PlainProgress implements ProgressView {
  private static final Duration QUIET = Duration.ofSeconds(5);

  private record Shown(RunState state, Instant when, String line) {}

  private final PrintWriter out;
  private final Clock clock;
  private final Instant began;
  private final Map<String, Shown> shown = new HashMap<>();

  public PlainProgress(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.began = clock.instant();
  }

  @Override
  public synchronized void show(ExperimentView experiment) {
    experiment.runs().forEach(this::show);
    out.flush();
  }

  private void show(RunView run) {
    String line = RunLine.label(run) + "  " + RunLine.status(run);
    Shown last = shown.get(run.id());
    Instant now = clock.instant();
    boolean changed = last == null || last.state() != run.state();
    boolean due = last != null && !now.isBefore(last.when().plus(QUIET));
    if (changed || (due && !Objects.equals(last.line(), line))) {
      out.println(stamp(now) + line);
      shown.put(run.id(), new Shown(run.state(), now, line));
    }
  }

  @Override
  public synchronized void say(String message) {
    out.println(stamp(clock.instant()) + message);
    out.flush();
  }

  @Override
  public void end() {}

  private String stamp(Instant now) {
    return "[" + Durations.clock(Duration.between(began, now)) + "] ";
  }
}
