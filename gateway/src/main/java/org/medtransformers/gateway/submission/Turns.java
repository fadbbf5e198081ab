package org.medtransformers.gateway.submission;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.config.GatewayConfig;

/**
 * Lets one document at a time be resolved and stored, in the order in which they came: what that
 * takes of the memory is bounded for one, not for many at once.
 */
@Singleton
final class Turns {
  /** Requests that wait; more would hold too many threads and too much memory themselves. */
  private static final int MOST_WAITING = 16;

  /** Nobody waits for the answer to an event, but its transaction must not end meanwhile. */
  private static final Duration OF_EVENTS = Duration.ofSeconds(30);

  private final Semaphore turn = new Semaphore(1, true);
  private final Duration patience;

  @Inject
  Turns(GatewayConfig config) {
    this(config.submission().patience());
  }

  Turns(Duration patience) {
    this.patience = patience;
  }

  /**
   * Does what a request asks for when it is its turn.
   *
   * @throws MedtransException {@code UNAVAILABLE} where others take too long, or are too many
   */
  <T> T ofRequest(Supplier<T> work) {
    return take(work, waiting() < MOST_WAITING && granted(patience));
  }

  /**
   * The same of an event; events come one at a time.
   *
   * @throws MedtransException {@code UNAVAILABLE} where others take too long
   */
  <T> T ofEvent(Supplier<T> work) {
    return take(work, granted(OF_EVENTS));
  }

  /** How many wait. */
  int waiting() {
    return turn.getQueueLength();
  }

  private <T> T take(Supplier<T> work, boolean granted) {
    if (!granted) {
      throw MedtransException.of(
          ErrorCode.UNAVAILABLE, "other experiments are just being resolved; try again");
    }
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }

  private boolean granted(Duration within) {
    try {
      return turn.tryAcquire(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
