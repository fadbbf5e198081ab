package org.medtransformers.localstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.medtransformers.contracts.Backoff;

/**
 * A part and what the supervisor knows of it. A part that died is started again after a pause that
 * doubles from death to death and shrinks to the first one when it has lived for a while.
 */
final class Watched {
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));
  private static final Duration LIVED_WELL = Duration.ofSeconds(30);

  private final Supervised part;
  private Instant startedAt;
  private Instant startAt = Instant.MIN;
  private int deathsInARow;
  private boolean running;
  private boolean ready;
  private int restarts;

  Watched(Supervised part) {
    this.part = part;
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

  /** Starts the part if it is due, notices if it died, and asks whether it is ready. */
  void look(Instant now) {
    if (running && part.process().isEmpty()) {
      died(now);
    }
    if (!running && !now.isBefore(startAt)) {
      start(now);
    }
    if (running && !ready) {
      ready = part.ready();
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

  private void start(Instant now) {
    running = true;
    startedAt = now;
    try {
      part.start();
    } catch (RuntimeException e) {
      System.err.printf("%s: %s does not start: %s%n", now, part.name(), causes(e));
      died(now);
    }
  }

  private void died(Instant now) {
    running = false;
    ready = false;
    restarts++;
    if (Duration.between(startedAt, now).compareTo(LIVED_WELL) > 0) {
      deathsInARow = 0;
    }
    deathsInARow++;
    Duration pause = PAUSES.after(deathsInARow);
    startAt = now.plus(pause);
    System.err.printf("%s: %s died; starting it again in %s%n", now, part.name(), pause);
  }

  private static String causes(Throwable e) {
    return e + Optional.ofNullable(e.getCause()).map(cause -> ": " + causes(cause)).orElse("");
  }
}
