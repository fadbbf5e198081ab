package org.medtransformers.localstack;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Whether a part still answers. It is asked beside the supervisor's thread, since one that hangs
 * lets wait whoever asks it. It hangs when it has left several questions in a row unanswered and
 * has not answered for as long as it may take; so a machine that slept, or a supervisor that was
 * stopped itself, says nothing against it.
 */
final class Pulse {
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);
  private static final int QUESTIONS = 4;

  private final Predicate<Duration> alive;
  private final Duration startPatience;
  private final Duration patience;
  private final Duration timeout;
  private final Duration askEvery;
  private final Executor beside;
  private CompletableFuture<Boolean> answer;
  private boolean answered;
  private int unanswered;
  private long aliveAt;
  private long askedAt;

  /**
   * @param alive asks the part, and waits no longer than it is told to
   * @param startPatience from the start of the part until its first answer
   * @param patience from one answer to the next
   */
  Pulse(Predicate<Duration> alive, Duration startPatience, Duration patience) {
    this(alive, startPatience, patience, Executors.newSingleThreadExecutor(Pulse::thread));
  }

  Pulse(Predicate<Duration> alive, Duration startPatience, Duration patience, Executor beside) {
    this.alive = alive;
    this.beside = beside;
    this.startPatience = startPatience;
    this.patience = patience;
    this.timeout = patience.dividedBy(QUESTIONS + 2);
    this.askEvery = timeout.compareTo(ASK_EVERY) < 0 ? timeout : ASK_EVERY;
  }

  /** The part was started just now. */
  void begin(long now) {
    answer = null;
    answered = false;
    unanswered = 0;
    aliveAt = now;
    askedAt = now;
  }

  /** The part has answered somebody. */
  void answered(long now) {
    answered = true;
    unanswered = 0;
    aliveAt = now;
  }

  /** Asks if it is time to; whether the part hangs. */
  boolean hangs(long now) {
    if (answer == null && now - askedAt >= askEvery.toNanos()) {
      askedAt = now;
      answer = CompletableFuture.supplyAsync(() -> alive.test(timeout), beside);
    } else if (answer != null && answer.isDone()) {
      hear(!answer.isCompletedExceptionally() && answer.join(), now);
      answer = null;
    }
    Duration allowed = answered ? patience : startPatience;
    return unanswered >= QUESTIONS && now - aliveAt > allowed.toNanos();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "pulse");
    thread.setDaemon(true);
    return thread;
  }

  private void hear(boolean isAlive, long now) {
    if (isAlive) {
      answered(now);
    } else {
      unanswered++;
    }
  }
}
