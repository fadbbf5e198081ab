package org.medtransformers.service.access.internal;

import java.util.Optional;
import org.medtransformers.tokens.PeerToken;

/** Which service may have what of this one. A service has a bean of it that says so. */
@FunctionalInterface
public interface PeerPolicy {
  /**
   * Why {@code asking} may not have it; empty where it may.
   *
   * @param method such as {@code GET}
   * @param path as it stands in the request, so that no detour leads past a rule: nothing is
   *     decoded, and rules allow
   */
  Optional<String> refusal(PeerToken asking, String method, String path);
}
