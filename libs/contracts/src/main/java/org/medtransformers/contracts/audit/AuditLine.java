package org.medtransformers.contracts.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;

/**
 * A line of the audit trail.
 *
 * @param number from 1, without gaps
 * @param at to the microsecond
 * @param asked the line that tells that this was asked for; null where there is none
 * @param person null where it is not known
 * @param team of the person
 * @param role of the person, or of the token
 * @param token by which a program asked in the person's name; null: the person did
 * @param object id of what it was done to; null where there is none, or none yet
 * @param remote address from which it was asked; null for what came by the broker
 * @param detail an error's code, the id of what was made, and the like
 * @param hash of this line and of all before it: {@link #hash(String)}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditLine(
    long number,
    Instant at,
    Long asked,
    String person,
    String team,
    String role,
    UUID token,
    AuditAction action,
    String object,
    String remote,
    AuditResult result,
    String detail,
    String hash) {
  /** The hash before the first line. */
  public static final String BEGINNING = "0".repeat(64);

  /** The same with {@code other} as its hash. */
  public AuditLine withHash(String other) {
    return new AuditLine(
        number, at, asked, person, team, role, token, action, object, remote, result, detail,
        other);
  }

  /**
   * What its hash has to be: SHA-256, as 64 hexadecimal digits, of the hash of the line before, a
   * line feed, and this line as JSON with {@code hash} null.
   */
  public String hash(String before) {
    return Sha256.of(before + "\n" + Json.write(withHash(null)));
  }
}
