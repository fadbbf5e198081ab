package org.medtransformers.service.concurrent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells a thread that polls a table that it need not wait for its next look. */
public class WakeUp {
  private final Semaphore raised = new Semaphore(0);

  public void raise() {
    raised.release();
  }

  /** Waits until raised, but no longer than {@code patience}. */
  public void await(Duration patience) throws InterruptedException {
    if (raised.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      raised.drainPermits();
    }
  }
}
