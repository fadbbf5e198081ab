package org.medtransformers.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final URI SERVICE = URI.create("http://data-service:8081");

  @Test
  void aNameIsAllItsAddresses() throws UnknownHostException {
    assertEquals(
        uris("http://10.0.0.1:8081", "http://10.0.0.2:8081"),
        addresses(List.of(SERVICE), "10.0.0.1", "10.0.0.2"));
    assertEquals(
        uris("http://[fd00:0:0:0:0:0:0:1]/data"),
        addresses(uris("http://data-service/data"), "fd00::1"));
  }

  @Test
  void aReplicaWithAddressesOfBothFamiliesIsOne() throws UnknownHostException {
    assertEquals(uris("http://10.0.0.1:8081"), addresses(List.of(SERVICE), "10.0.0.1", "fd00::1"));
  }

  @Test
  void aCertificateIsForTheName() throws UnknownHostException {
    List<URI> secured = uris("https://data-service");
    assertEquals(secured, addresses(secured, "10.0.0.1", "10.0.0.2"));
  }

  @Test
  void aNameThatNobodyEverKnewStandsForItself() {
    Names names =
        new Names(
            host -> {
              throw new UnknownHostException(host);
            });
    assertEquals(List.of(SERVICE), names.addresses(List.of(SERVICE)));
  }

  @Test
  void whileOneNameIsUnknownTheOthersAreFollowed() {
    Map<String, String> directory = new HashMap<>(Map.of("a", "10.0.0.1", "b", "10.0.0.2"));
    Names names = new Names(host -> lookUp(directory, host));
    List<URI> replicas = uris("http://a:8081", "http://b:8081");
    assertEquals(uris("http://10.0.0.1:8081", "http://10.0.0.2:8081"), names.addresses(replicas));

    directory.remove("b");
    directory.put("a", "10.0.0.3");
    assertEquals(uris("http://10.0.0.3:8081", "http://10.0.0.2:8081"), names.addresses(replicas));
  }

  private static InetAddress[] lookUp(Map<String, String> directory, String host)
      throws UnknownHostException {
    if (!directory.containsKey(host)) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {InetAddress.getByName(directory.get(host))};
  }

  private static List<URI> addresses(List<URI> names, String... literals)
      throws UnknownHostException {
    InetAddress[] found = new InetAddress[literals.length];
    for (int i = 0; i < literals.length; i++) {
      found[i] = InetAddress.getByName(literals[i]);
    }
    return new Names(host -> found).addresses(names);
  }

  private static List<URI> uris(String... uris) {
    return Stream.of(uris).map(URI::create).toList();
  }
}
