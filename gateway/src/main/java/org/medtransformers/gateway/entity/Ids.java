package org.medtransformers.gateway.entity;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as they come from outside. */
public final class Ids {
  /** {@link UUID#fromString} alone would take {@code 1-1-1-1-1} too. */
  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private Ids() {}

  /** The id that {@code text} spells; empty if it is none, so that nothing can have it. */
  public static Optional<UUID> parse(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
