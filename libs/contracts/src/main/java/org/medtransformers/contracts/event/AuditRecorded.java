package org.medtransformers.contracts.event;

import org.medtransformers.contracts.audit.AuditLine;

/** A line of the audit trail, as it stands there, in the order of the lines. */
public record AuditRecorded(AuditLine line) implements Event {
  /** One for all, so that a topic of one partition or many has them in their order. */
  @Override
  public String key() {
    return "audit";
  }
}
