package org.medtransformers.service.liveness;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The sign of life of one thread, or of one piece of work that has an end in sight. It is expected
 * to beat from when it is made until it is closed, but while it rests.
 */
public final class Heartbeat implements AutoCloseable {
  private final LongSupplier nanoTime;
  private final Runnable closed;
  private volatile long beatAt;
  private volatile boolean resting;

  Heartbeat(LongSupplier nanoTime, Runnable closed) {
    this.nanoTime = nanoTime;
    this.closed = closed;
    this.beatAt = nanoTime.getAsLong();
  }

  /** It lives. */
  public void beat() {
    beatAt = nanoTime.getAsLong();
    resting = false;
  }

  /** What comes may take any time, and another heart tells of it; until the next {@link #beat}. */
  public void rest() {
    resting = true;
  }

  /** How long it has not beaten though it should. */
  Duration silence() {
    return resting ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - beatAt);
  }

  @Override
  public void close() {
    closed.run();
  }
}
