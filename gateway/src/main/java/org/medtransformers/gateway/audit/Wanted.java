package org.medtransformers.gateway.audit;

import java.time.Instant;
import org.medtransformers.contracts.audit.AuditAction;

/**
 * Which lines are looked for; null: whichever.
 *
 * @param from the first moment
 * @param to the moment after the last
 * @param before numbers below this
 */
public record Wanted(
    String person, AuditAction action, String object, Instant from, Instant to, Long before) {}
