package org.medtransformers.cli.terminal;

import java.time.Duration;

/**
 * Ctrl-C as two wishes: the first asks for an orderly end, which the working thread grants when it
 * next looks; the second leaves at once.
 */
public final class Interruption {
  private final Runnable leave;
  private volatile Runnable acknowledge = () -> {};
  private int presses;
  private boolean pauseEnds;

  /**
   * @param leave ends the process
   */
  public Interruption(Runnable leave) {
    this.leave = leave;
  }

  /** What tells the person that the first was heard. */
  public void acknowledgeWith(Runnable action) {
    acknowledge = action;
  }

  /** Ctrl-C was pressed. */
  public void press() {
    (first() ? acknowledge : leave).run();
  }

  private synchronized boolean first() {
    presses++;
    notifyAll();
    return presses == 1;
  }

  /** Whether an orderly end was asked for. */
  public synchronized boolean requested() {
    return presses > 0;
  }

  /** Ends the present pause, else the next one. */
  public synchronized void endPause() {
    pauseEnds = true;
    notifyAll();
  }

  /** Waits for {@code time}, less if Ctrl-C is pressed meanwhile or there is something to see. */
  public synchronized void pause(Duration time) {
    int before = presses;
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos();
          left > 0 && presses == before && !pauseEnds;
          left = end - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pauseEnds = false;
    }
  }
}
