package org.medtransformers.service.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** A secret that somebody has given to this service, be it in a file. */
public final class Secret {
  /** Characters: 128 bits as hexadecimal digits. */
  private static final int SHORTEST = 32;

  private final byte[] secret;

  private Secret(byte[] secret) {
    this.secret = secret;
  }

  /**
   * {@code text}, without blanks and line ends around it.
   *
   * @param where it was found, for the message
   * @throws IllegalStateException if it is too short to be a secret
   */
  public static Secret of(String text, String where) {
    String bare = text.strip();
    if (bare.length() < SHORTEST) {
      throw new IllegalStateException(
          "the secret in %s has %d characters, allowed: %d and more"
              .formatted(where, bare.length(), SHORTEST));
    }
    return new Secret(bare.getBytes(UTF_8));
  }

  /** What {@code file} holds; likewise. */
  public static Secret in(Path file) {
    try {
      return of(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the secret " + file, e);
    }
  }

  /** The one of the key {@code name} below {@code medtrans.access}, or else what its file holds. */
  public static Optional<Secret> configured(
      String name, Optional<String> text, Optional<Path> file) {
    return text.map(t -> of(t, "medtrans.access." + name)).or(() -> file.map(Secret::in));
  }

  /** Whether {@code presented} is it; how long that takes says nothing of where they differ. */
  public boolean is(String presented) {
    return MessageDigest.isEqual(secret, presented.getBytes(UTF_8));
  }

  /** To make keys of. */
  public byte[] bytes() {
    return secret.clone();
  }
}
