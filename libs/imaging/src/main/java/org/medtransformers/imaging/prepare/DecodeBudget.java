package org.medtransformers.imaging.prepare;

import java.util.concurrent.Semaphore;

/**
 * Lets as many images be decoded at once as fit into memory: small ones on all threads, the largest
 * one at a time.
 */
final class DecodeBudget {
  private static final int KIBI = 1024;

  private final Semaphore kibibytes;
  private final int all;

  /**
   * @param bytes that decoding may take at once
   */
  DecodeBudget(long bytes) {
    this.all = (int) Math.min(Integer.MAX_VALUE, bytes / KIBI);
    this.kibibytes = new Semaphore(all, true);
  }

  /** Half of what the JVM may use. */
  static DecodeBudget ofHeap() {
    return new DecodeBudget(Runtime.getRuntime().maxMemory() / 2);
  }

  /** A part of the budget, until it is closed. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for {@code bytes}; what exceeds the whole budget waits for all of it. */
  Share take(long bytes) {
    int share = (int) Math.min(all, bytes / KIBI);
    kibibytes.acquireUninterruptibly(share);
    return () -> kibibytes.release(share);
  }
}
