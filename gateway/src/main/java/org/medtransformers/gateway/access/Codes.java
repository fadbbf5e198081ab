package org.medtransformers.gateway.access;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Texts that nobody can guess. */
final class Codes {
  private static final int BYTES = 32;

  private Codes() {}

  static byte[] bytes() {
    byte[] random = new byte[BYTES];
    // Not kept: in a native image it would be that of the build.
    new SecureRandom().nextBytes(random);
    return random;
  }

  /** 64 hexadecimal digits. */
  static String text() {
    return HexFormat.of().formatHex(bytes());
  }
}
