package org.medtransformers.service.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The token that a request comes with (RFC 6750, section 2.1). */
public final class Bearer {
  public static final String SCHEME = "Bearer";
  private static final String PREFIX = SCHEME + " ";

  private Bearer() {}

  /** Empty without one. */
  public static Optional<String> of(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        ? Optional.of(header.substring(PREFIX.length()).strip())
        : Optional.empty();
  }
}
