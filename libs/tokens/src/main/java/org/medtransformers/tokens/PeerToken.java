package org.medtransformers.tokens;

import java.util.Optional;
import org.medtransformers.contracts.ServiceName;

/**
 * What a token says of who asks.
 *
 * @param issuer the service that asks
 */
public record PeerToken(ServiceName issuer, About about) {
  /**
   * What a service asks for.
   *
   * @param person in whose name, where it is not the service's own
   * @param loader the loader that it is about, if any
   */
  public record About(Optional<String> person, Optional<String> loader) {
    /** Nothing that a token is needed for in particular. */
    public static final About NOTHING = new About(Optional.empty(), Optional.empty());

    /** What a person has asked the service for. */
    public static About person(String name) {
      return new About(Optional.of(name), Optional.empty());
    }

    /** The batches of a loader. */
    public static About loader(String id) {
      return new About(Optional.empty(), Optional.of(id));
    }
  }

  /** Whether it opens the batches of {@code loader}. */
  public boolean isAbout(String loader) {
    return about.loader().filter(loader::equals).isPresent();
  }
}
