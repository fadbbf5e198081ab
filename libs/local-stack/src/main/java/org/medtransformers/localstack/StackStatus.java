package org.medtransformers.localstack;

import java.nio.file.Path;
import java.util.Optional;

/** Looks at a stack from outside. */
public final class StackStatus {
  private StackStatus() {}

  /** The stack of {@code home}; empty if none is supervised, even if a killed one left a file. */
  public static Optional<StackState> read(Path home) {
    return StackFiles.of(home).readState().filter(state -> state.supervisor().find().isPresent());
  }

  /** The token of the stack of {@code home}, for its gateway; made where there is none. */
  public static String token(Path home) {
    return Secrets.in(StackFiles.of(home).create().token());
  }

  /** A file with the token that opens the metrics and nothing else, for a Prometheus. */
  public static Path metricsToken(Path home) {
    return StackFiles.of(home).metricsToken();
  }

  /** The log of a part, e.g. {@code gateway}; it need not exist. */
  public static Path log(Path home, String part) {
    return StackFiles.of(home).log(part);
  }
}
