package org.medtransformers.cli.gateway;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.medtransformers.contracts.audit.AuditAction;

/**
 * Which lines of the audit trail are asked for; null: whichever.
 *
 * @param from the first moment
 * @param to the moment after the last
 * @param lines at most so many
 */
public record AuditQuery(
    String person, AuditAction action, String object, Instant from, Instant to, int lines) {
  /** By the names of the query's parameters; without those that are null. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("person", person);
    parameters.put("action", action == null ? null : action.label());
    parameters.put("object", object);
    parameters.put("from", from);
    parameters.put("to", to);
    parameters.put("size", lines);
    parameters.values().removeIf(Objects::isNull);
    return parameters;
  }
}
