package org.medtransformers.batches;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The addresses behind names, such as that of a headless Service. */
final class Names {
  /** {@link InetAddress#getAllByName}, or what a test says. */
  interface Directory {
    InetAddress[] lookUp(String host) throws UnknownHostException;
  }

  private final Directory directory;

  /** What stood behind each name when it was last known. */
  private final Map<URI, List<URI>> known = new ConcurrentHashMap<>();

  Names(Directory directory) {
    this.directory = directory;
  }

  /**
   * {@code names} with every host replaced by each of its addresses, or by those it had before if
   * it is not known at present; a name that never was known stays. Only for plain HTTP, since a
   * certificate is for a name. Safe for many threads.
   */
  List<URI> addresses(List<URI> names) {
    return names.stream().flatMap(name -> replicas(name).stream()).distinct().toList();
  }

  private List<URI> replicas(URI name) {
    if (!"http".equals(name.getScheme()) || name.getHost() == null) {
      return List.of(name);
    }
    try {
      List<URI> found = addresses(name);
      known.put(name, found);
      return found;
    } catch (UnknownHostException e) {
      return known.getOrDefault(name, List.of(name));
    }
  }

  private List<URI> addresses(URI name) throws UnknownHostException {
    InetAddress[] found = directory.lookUp(name.getHost());
    // The other family's are the same replicas a second time, or ones that nobody listens on.
    return Stream.of(found)
        .filter(address -> address.getClass() == found[0].getClass())
        .map(address -> at(name, address))
        .toList();
  }

  private static URI at(URI name, InetAddress address) {
    String host = address.getHostAddress();
    String authority = host.contains(":") ? "[" + host + "]" : host;
    int port = name.getPort();
    return name.resolve("http://" + authority + (port < 0 ? "" : ":" + port) + name.getRawPath());
  }
}
