package org.medtransformers.cli.stack;

import java.net.URI;
import java.util.Optional;

/** The platform that a command talks to. */
public interface Platform extends AutoCloseable {

  /** Where its gateway is now; a platform that was started again may have moved. */
  URI gateway();

  /** By what it knows who asks; empty where that is not known. */
  Optional<String> token();

  /**
   * The gateway does not answer: finds out whether waiting makes sense, and does what helps.
   *
   * @throws org.medtransformers.contracts.error.MedtransException if it will not come back
   */
  void gatewayAway();

  /** Stops what was started for this command. */
  @Override
  void close();

  /** A gateway elsewhere, about which nothing can be done from here. */
  static Platform remote(Remote remote) {
    return new Platform() {
      @Override
      public URI gateway() {
        return remote.gateway();
      }

      @Override
      public Optional<String> token() {
        return remote.token();
      }

      @Override
      public void gatewayAway() {}

      @Override
      public void close() {}
    };
  }
}
