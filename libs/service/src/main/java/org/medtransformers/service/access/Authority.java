package org.medtransformers.service.access;

import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host with its port, as requests name them.
 *
 * @param host in small letters; an IPv6 address without its brackets
 * @param port -1 where it is that of the scheme
 */
record Authority(String host, int port) {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static Authority of(HostAndPort named) {
    return of(named.host(), named.port());
  }

  /** That of the header {@code Origin}; empty for {@code null} and whatever else is none. */
  static Optional<Authority> ofOrigin(String origin) {
    try {
      URI uri = URI.create(origin);
      return uri.getHost() == null || uri.getScheme() == null
          ? Optional.empty()
          : Optional.of(of(uri.getHost(), uri.getPort()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Authority of(String host, int port) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Authority(bare.toLowerCase(Locale.ROOT), port);
  }

  /** An address, which no name server can turn into another. */
  boolean isAddress() {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }

  /**
   * Whether it is the same server. Which of the two schemes was meant is not known behind a proxy
   * that ends TLS: a port that is not named is either's.
   */
  boolean isSame(Authority other) {
    return host.equals(other.host) && (port == other.port || (isDefault() && other.isDefault()));
  }

  private boolean isDefault() {
    return port == -1 || port == HTTP || port == HTTPS;
  }
}
