package org.medtransformers.gateway.access;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Texts that nobody can guess. */
final class Codes {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Codes() {}

  static byte[] bytes() {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return random;
  }

  /** 64 hexadecimal digits. */
  static String text() {
    return HexFormat.of().formatHex(bytes());
  }
}
