package org.medtransformers.data.service;

import java.util.concurrent.atomic.AtomicLong;

/** A batch on its way to its reader. */
public final class Delivery {
  private final Deliveries all;
  private final String reader;
  private final Runnable cutOff;
  private final AtomicLong untaken;
  private volatile long pieceBegan;

  /**
   * @param cutOff ends the connection
   */
  Delivery(Deliveries all, String reader, long bytes, Runnable cutOff, long began) {
    this.all = all;
    this.reader = reader;
    this.cutOff = cutOff;
    this.untaken = new AtomicLong(bytes);
    this.pieceBegan = began;
  }

  /** Bytes that go out at a time. */
  public static int piece() {
    return Deliveries.PIECE;
  }

  /** The reader has taken as many bytes more, and another piece goes out. */
  public void taken(int bytes) {
    untaken.addAndGet(-bytes);
    pieceBegan = all.now();
  }

  /** It has taken all, or will take no more. */
  public void ended() {
    all.ended(this);
  }

  String reader() {
    return reader;
  }

  long untaken() {
    return untaken.get();
  }

  long pieceBegan() {
    return pieceBegan;
  }

  void cutOff() {
    ended();
    cutOff.run();
  }
}
