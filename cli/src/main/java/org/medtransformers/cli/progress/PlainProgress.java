package org.medtransformers.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;

/**
 * For logs and pipes: a line for every change of state, and for every run at most one line of
 * numbers each few seconds.
 */
public final class PlainProgress implements ProgressView {
  private static final Duration QUIET = Duration.ofSeconds(5);

  private record Shown(RunState state, long when, String line) {}

  private final PrintWriter out;
  private final LongSupplier nanoTime;
  private final long began;
  private final Map<String, Shown> shown = new HashMap<>();

  public PlainProgress(PrintWriter out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  @Override
  public synchronized void show(ExperimentView experiment) {
    experiment.runs().forEach(this::show);
    out.flush();
  }

  private void show(RunView run) {
    String line = RunLine.label(run) + "  " + RunLine.status(run);
    Shown last = shown.get(run.id());
    long now = nanoTime.getAsLong();
    boolean changed = last == null || last.state() != run.state();
    boolean due = last != null && now - last.when() >= QUIET.toNanos();
    if (changed || (due && !Objects.equals(last.line(), line))) {
      out.println(stamp(now) + line);
      shown.put(run.id(), new Shown(run.state(), now, line));
    }
  }

  @Override
  public synchronized void say(String message) {
    out.println(stamp(nanoTime.getAsLong()) + message);
    out.flush();
  }

  @Override
  public void end() {}

  private String stamp(long now) {
    return "[" + Durations.clock(Duration.ofNanos(now - began)) + "] ";
  }
}
