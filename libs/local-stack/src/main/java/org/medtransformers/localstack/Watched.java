package org.medtransformers.localstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.medtransformers.contracts.Backoff;

/**
 * A part and what the supervisor knows of it. A part that died is started again after a pause that
 * doubles from death to death and shrinks to the first one when it has lived for a while; one that
 * hangs is killed. Times are nanoseconds of a clock that nobody sets.
 */
final class Watched {
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));
  private static final Duration LIVED_WELL = Duration.ofSeconds(30);

  private final Supervised part;
  private final Pulse pulse;
  private long startedAt;
  private long diedAt;
  private Duration pause = Duration.ZERO;
  private int deathsInARow;
  private boolean running;
  private boolean ready;
  private int restarts;

  /**
   * @param startPatience how long the part may take to answer for the first time
   * @param patience how long it may be silent later
   */
  Watched(Supervised part, Duration startPatience, Duration patience) {
    this.part = part;
    this.pulse = new Pulse(part::alive, startPatience, patience);
  }

  Supervised part() {
    return part;
  }

  boolean ready() {
    return ready;
  }

  int restarts() {
    return restarts;
  }

  /** Starts the part if it is due, notices if it died or hangs, and asks whether it is ready. */
  void look(long now) {
    if (running && part.process().isEmpty()) {
      died(now);
    }
    if (!running && (pause.isZero() || now - diedAt >= pause.toNanos())) {
      start(now);
    }
    if (running && !ready) {
      ready = part.ready();
      if (ready) {
        pulse.answered(now);
      }
    }
    if (running && pulse.hangs(now)) {
      kill(now);
    }
  }

  void stop() {
    running = false;
    ready = false;
    part.stop();
  }

  StackState.Part state() {
    return new StackState.Part(
        part.name(),
        part.process().map(ProcessId::of).orElse(null),
        part.port(),
        part.url(),
        ready,
        restarts,
        part.log().toString());
  }

  private void start(long now) {
    running = true;
    startedAt = now;
    pulse.begin(now);
    try {
      part.start();
    } catch (RuntimeException e) {
      System.err.printf("%s: %s does not start: %s%n", Instant.now(), part.name(), causes(e));
      died(now);
    }
  }

  /** Its death is noticed as any other. */
  private void kill(long now) {
    System.err.printf("%s: %s hangs; killing it%n", Instant.now(), part.name());
    part.process().ifPresent(ProcessHandle::destroyForcibly);
    pulse.begin(now);
  }

  private void died(long now) {
    running = false;
    ready = false;
    restarts++;
    if (now - startedAt > LIVED_WELL.toNanos()) {
      deathsInARow = 0;
    }
    deathsInARow++;
    diedAt = now;
    pause = PAUSES.after(deathsInARow);
    System.err.printf("%s: %s died; starting it again in %s%n", Instant.now(), part.name(), pause);
  }

  private static String causes(Throwable e) {
    return e + Optional.ofNullable(e.getCause()).map(cause -> ": " + causes(cause)).orElse("");
  }
}
