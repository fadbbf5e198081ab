package org.medtransformers.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What the services of a deployment share, and nobody else knows. */
public final class PeerKey {
  /** Hexadecimal digits of 128 bits; HMAC with SHA-256 takes no shorter key either. */
  private static final int SHORTEST = 32;

  private final SecretKey key;

  private PeerKey(SecretKey key) {
    this.key = key;
  }

  /**
   * The key that {@code text} is, without blanks and line ends around it.
   *
   * @throws IllegalArgumentException if it is too short to be a secret
   */
  public static PeerKey of(String text) {
    byte[] bytes = text.strip().getBytes(UTF_8);
    if (bytes.length < SHORTEST) {
      throw new IllegalArgumentException(
          "the key of the services has %d characters, allowed: %d and more (openssl rand -hex 32)"
              .formatted(bytes.length, SHORTEST));
    }
    return new PeerKey(new SecretKeySpec(bytes, "HmacSHA256"));
  }

  /** The one in {@code file}. */
  public static PeerKey read(Path file) {
    try {
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the key of the services, " + file, e);
    }
  }

  SecretKey secret() {
    return key;
  }
}
