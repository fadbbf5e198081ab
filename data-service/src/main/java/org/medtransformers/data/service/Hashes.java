package org.medtransformers.data.service;

import java.util.Optional;
import java.util.regex.Pattern;

/** Ids that are hashes: of loaders and of prepared data sets. */
final class Hashes {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private Hashes() {}

  /** The id that {@code text} spells; empty if it is none, so that nothing can have it. */
  static Optional<String> parse(String text) {
    return Optional.of(text).filter(id -> SHA_256.matcher(id).matches());
  }
}
