package org.medtransformers.files.download;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies of the environment, as curl and Python read it: {@code https_proxy} and {@code
 * http_proxy} name one for the addresses of their scheme ({@code http://host:port}, or {@code
 * host:port}), {@code no_proxy} the hosts that are reached without, separated by commas, with all
 * that ends in them; {@code *} is every host. Each may be written in capitals. Where they say
 * nothing, Java's own settings count.
 */
public final class Proxies extends ProxySelector {
  private static final int DEFAULT_PORT = 8080;

  private final Map<String, String> environment;
  private final ProxySelector otherwise;

  /** Of this process. */
  public Proxies() {
    this(System.getenv(), ProxySelector.getDefault());
  }

  Proxies(Map<String, String> environment, ProxySelector otherwise) {
    this.environment = environment;
    this.otherwise = otherwise;
  }

  @Override
  public List<Proxy> select(URI url) {
    Optional<InetSocketAddress> named = named(url);
    if (named.isEmpty()) {
      return otherwise.select(url);
    }
    return List.of(exempt(url) ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, named.get()));
  }

  @Override
  public void connectFailed(URI url, SocketAddress address, IOException failure) {
    otherwise.connectFailed(url, address, failure);
  }

  /** In words, for an error: the way to {@code url}, and what says so. */
  public String describe(URI url) {
    String variable = variable(url);
    Proxy first = select(url).get(0);
    if (first.address() instanceof InetSocketAddress address) {
      String proxy = address.getHostString() + ":" + address.getPort();
      return "through the proxy " + proxy + (named(url).isPresent() ? " of " + variable : "");
    }
    if (named(url).isPresent()) {
      return "without the proxy of " + variable + ", as no_proxy says";
    }
    return "without a proxy, as "
        + variable
        + (value(variable).isEmpty() ? " is not set" : " is not of the form http://host:port");
  }

  private static String variable(URI url) {
    return url.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
  }

  private String value(String name) {
    String small = environment.getOrDefault(name, "");
    return small.isBlank()
        ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : small.strip();
  }

  private Optional<InetSocketAddress> named(URI url) {
    String value = value(variable(url));
    if (value.isEmpty()) {
      return Optional.empty();
    }
    URI proxy;
    try {
      proxy = new URI(value.contains("://") ? value : "http://" + value);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    return Optional.ofNullable(proxy.getHost())
        .map(host -> InetSocketAddress.createUnresolved(host, port));
  }

  private boolean exempt(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return Arrays.stream(value("no_proxy").toLowerCase(Locale.ROOT).split(","))
        .map(entry -> entry.strip().replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }
}
