package org.medtransformers.batches;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The addresses behind names, such as that of a headless Service. */
final class Names {
  /** {@link InetAddress#getAllByName}, or what a test says. */
  interface Directory {
    InetAddress[] lookUp(String host) throws UnknownHostException;
  }

  private final Directory directory;

  Names(Directory directory) {
    this.directory = directory;
  }

  /**
   * {@code names} with every host replaced by each of its addresses. Only for plain HTTP, since a
   * certificate is for a name.
   *
   * @return empty if one of them is not known at present
   */
  List<URI> addresses(List<URI> names) {
    Set<URI> all = new LinkedHashSet<>();
    try {
      for (URI name : names) {
        if ("http".equals(name.getScheme()) && name.getHost() != null) {
          all.addAll(addresses(name));
        } else {
          all.add(name);
        }
      }
      return new ArrayList<>(all);
    } catch (UnknownHostException e) {
      return List.of();
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
