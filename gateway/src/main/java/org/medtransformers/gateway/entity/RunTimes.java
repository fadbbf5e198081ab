package org.medtransformers.gateway.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a run takes over what. A training holds its device from when it begins to when it ends;
 * of an attempt that nobody ended, to when it was last heard of.
 */
@Embeddable
public class RunTimes {
  private static final double MILLIS = 1e3;

  /** When the run entered its state. */
  @Column(name = "state_since")
  public Instant stateSince;

  /** When anything was last heard of it. */
  @Column(name = "heard_at")
  public Instant heardAt;

  /** Null where nobody trains it now. */
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
    stateSince = now;
    settle(now);
    return stayed;
  }

  void heard(Instant now) {
    heardAt = now;
  }

  /** An attempt at training begins on a device that torch calls {@code name}. */
  void train(String name, Instant now) {
    settle(heardAt);
    trainedSince = now;
    device = name.startsWith("cpu") ? "cpu" : "gpu";
  }

  private void settle(Instant end) {
    if (trainedSince != null) {
      trainedBefore += Duration.between(trainedSince, end).toMillis() / MILLIS;
      trainedSince = null;
    }
  }
}
