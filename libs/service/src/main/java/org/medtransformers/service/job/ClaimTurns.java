package org.medtransformers.service.job;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.medtransformers.service.liveness.Heartbeat;

/**
 * Lets one thread of a process claim at a time, so that each sees what was claimed before it. A
 * database that hangs makes each of them wait for as long as a statement may take, and the last one
 * for the sum of it: while a thread waits for its turn, the heart of the one that has it speaks for
 * both.
 */
final class ClaimTurns {
  private final Lock turn = new ReentrantLock(true);

  /** Does {@code claim} when it is the turn of the caller, whose heart is {@code heart}. */
  <T> T take(Heartbeat heart, Supplier<T> claim) {
    heart.rest();
    turn.lock();
    try {
      heart.beat();
      return claim.get();
    } finally {
      turn.unlock();
    }
  }
}
