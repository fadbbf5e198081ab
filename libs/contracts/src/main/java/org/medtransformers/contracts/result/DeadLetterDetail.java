package org.medtransformers.contracts.result;

import java.util.List;

/**
 * {@code GET /api/v1/dead-letters/{id}}.
 *
 * @param headers of the record, in its order
 * @param text the beginning of its value, as far as that is UTF-8; null where it has no value
 * @param truncated whether the value goes on
 */
public record DeadLetterDetail(
    DeadLetterView letter, List<Header> headers, String text, boolean truncated) {

  /**
   * @param value as far as it is UTF-8; null where there is none
   */
  public record Header(String name, String value) {}
}
