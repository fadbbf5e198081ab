package org.medtransformers.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords that nobody has to know, in files that only their owner may open. */
final class Secrets {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** One that nobody has had, of 256 bits: 64 hexadecimal digits. */
  static String fresh() {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** The one in {@code file}, which is made where there is none. */
  static String in(Path file) {
    try {
      if (!Files.exists(file)) {
        PrivateFiles.write(file, fresh());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
