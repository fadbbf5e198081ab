package org.medtransformers.gateway.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;

/** When the workers of a run were last heard of, and asked. */
@Embeddable
public class RunContact {
  /** When a worker last said something of it, or it entered its state. */
  @Column(name = "answered_at")
  public Instant answeredAt;

  /** When they were last asked; null where something was heard since. */
  @Column(name = "asked_at")
  public Instant askedAt;

  /** When they were first asked of those times; null where something was heard since. */
  @Column(name = "unanswered_since")
  public Instant unansweredSince;

  /** A worker has said something of it. */
  public void heard(Instant now) {
    answeredAt = now;
    askedAt = null;
    unansweredSince = null;
  }

  /** Its workers are asked. */
  public void asked(Instant now) {
    askedAt = now;
    unansweredSince = unansweredSince == null ? now : unansweredSince;
  }

  /** Questions of before do not count: whoever should have answered may not have been there. */
  public void askedAfresh(Instant now) {
    unansweredSince = null;
    asked(now);
  }

  /** When they were last heard of or asked. */
  public Instant last() {
    return askedAt == null ? answeredAt : askedAt;
  }

  /** Whether a question is open. */
  public boolean unanswered() {
    return unansweredSince != null;
  }

  /** Whether one is for {@code patience} already. */
  public boolean unanswered(Duration patience, Instant now) {
    return unanswered() && !unansweredSince.plus(patience).isAfter(now);
  }
}
