package org.medtransformers.gateway.audit;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.contracts.audit.AuditResult;
import org.medtransformers.gateway.access.RefusedToken;

/** Tells of tokens that are none; of many at once only how many, so that nobody fills the disk. */
@Singleton
final class RefusedTokens {
  private static final int TOLD = 20;
  private static final Duration WHILE = Duration.ofMinutes(1);

  private final Trail trail;
  private final Clock clock;
  private Instant begun = Instant.EPOCH;
  private int told;
  private long untold;

  RefusedTokens(Trail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  void tell(@ObservesAsync RefusedToken refused) {
    Long before = takeTurn();
    if (before != null) {
      trail.ended(
          Deed.of(null, AuditAction.SIGN_IN, null, refused.remote()),
          null,
          AuditResult.REFUSED,
          before == 0 ? "a token or link" : "a token or link, and %d before it".formatted(before));
    }
  }

  /** How many have not been told of since the last that was; null where this one is not either. */
  private synchronized Long takeTurn() {
    Instant now = clock.instant();
    if (Duration.between(begun, now).compareTo(WHILE) >= 0) {
      begun = now;
      told = 0;
    }
    if (told == TOLD) {
      untold++;
      return null;
    }
    told++;
    long before = untold;
    untold = 0;
    return before;
  }
}
