package org.medtransformers.contracts.audit;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Whether the lines fit each other.
 *
 * @param lines that fit, from the first on
 * @param head the hash of the last of them; whoever keeps it can tell later that none of them was
 *     changed
 * @param wrong what is wrong with the next line; null where all fit
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditVerification(long lines, String head, String wrong) {}
