package org.medtransformers.gateway.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.medtransformers.contracts.access.Role;

/**
 * A token that is asked for.
 *
 * @param name by which its owner tells it from others
 * @param role at most that of whoever asks
 * @param days for which it is good
 */
public record TokenWish(
    @NotNull(message = NAMES)
        @Pattern(regexp = "(?! )[\\p{L}\\p{N} ._-]{1,100}(?<! )", message = NAMES)
        String name,
    @NotNull(message = "must be viewer, researcher, operator or admin") Role role,
    @Min(value = 1, message = LIFE) @Max(value = 366, message = LIFE) int days) {
  private static final String NAMES =
      "must be 1 to 100 letters, digits, blanks and . _ - without a blank at its ends";
  private static final String LIFE = "must be 1 to 366";
}
