package org.medtransformers.gateway.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.TrainingEvent;

/**
 * How long a run takes over what. A training holds its device from when an attempt begins to when
 * its trainer was last heard of, which tells of itself every few seconds and of its end. Nobody
 * says that an attempt was given back or killed; what comes after its last word is not counted,
 * however long the run then waits, is cancelled or is given up.
 */
@Embeddable
public class RunTimes {
  private static final double MILLIS = 1e3;

  /** When the run entered its state. */
  @Column(name = "state_since")
  public Instant stateSince;

  /** When a trainer that had it was last heard of; when it was accepted, before one had it. */
  @Column(name = "heard_at")
  public Instant heardAt;

  /** When the last attempt began; null where the training has not begun, or is over. */
  @Column(name = "trained_since")
  public Instant trainedSince;

  /** Seconds, of the attempts before. */
  @Column(name = "trained_before")
  public double trainedBefore;

  /** {@code cpu} or {@code gpu}; null until a training began. */
  public String device;

  /** It was in the state that it leaves now for so long. */
  Duration leave(Instant now) {
    Duration stayed = stateSince == null ? Duration.ZERO : Duration.between(stateSince, now);
    heardAt = heardAt == null ? now : heardAt;
    stateSince = now;
    settle();
    return stayed;
  }

  /**
   * {@code event} has come while the last attempt that began is {@code attempt}. That of whoever
   * ends a run which no trainer has, or of an attempt that never began, says nothing of a device.
   */
  void heard(TrainingEvent event, int attempt, Instant now) {
    if (fromTrainer(event, attempt)) {
      heardAt = now;
    }
  }

  private static boolean fromTrainer(TrainingEvent event, int attempt) {
    if (event instanceof TrainingEvent.Failed failed) {
      return failed.attempt() == attempt && failed.error().code() != ErrorCode.ATTEMPTS_EXHAUSTED;
    }
    // A trainer's is not told from that of whoever ends a waiting run, or says that it waits; it
    // spoke a moment before.
    return !(event instanceof TrainingEvent.Cancelled || event instanceof TrainingEvent.Waiting);
  }

  /** An attempt at training begins on a device that torch calls {@code name}. */
  void train(String name, Instant now) {
    settle();
    trainedSince = now;
    heardAt = now;
    device = name.startsWith("cpu") ? "cpu" : "gpu";
  }

  private void settle() {
    if (trainedSince != null) {
      trainedBefore += Duration.between(trainedSince, heardAt).toMillis() / MILLIS;
      trainedSince = null;
    }
  }
}
