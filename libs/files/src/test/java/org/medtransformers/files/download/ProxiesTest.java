package org.medtransformers.files.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  private static final Transfer PATIENTLY = new Transfer((file, done, total) -> {}, () -> false);
  private static final Download.Patience HASTE =
      new Download.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), 1, Duration.ZERO);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "https_proxy, http://proxy.example:3128, '', through the proxy proxy.example:3128 of https_proxy",
    "HTTPS_PROXY, proxy.example:3128, '', through the proxy proxy.example:3128 of https_proxy",
    "https_proxy, http://me:word@proxy.example, '', through the proxy proxy.example:8080 of https_proxy",
    "http_proxy, http://proxy.example:3128, '', 'without a proxy, as https_proxy is not set'",
    "https_proxy, proxy.example:3128, 'localhost, .pytorch.org', 'without the proxy of https_proxy, as no_proxy says'",
    "https_proxy, proxy.example:3128, download.pytorch.org, 'without the proxy of https_proxy, as no_proxy says'",
    "https_proxy, proxy.example:3128, *, 'without the proxy of https_proxy, as no_proxy says'",
    "https_proxy, proxy.example:3128, torch.org, through the proxy proxy.example:3128 of https_proxy",
  })
  void theEnvironmentIsReadAsCurlReadsIt(String name, String value, String not, String way) {
    Proxies proxies = new Proxies(Map.of(name, value, "no_proxy", not), ProxySelector.of(null));
    assertEquals(way, proxies.describe(URI.create("https://download.pytorch.org/net.pth")));
  }

  @Test
  void whereItSaysNothingJavasSettingsCount() {
    ProxySelector java = ProxySelector.of(InetSocketAddress.createUnresolved("java.example", 9));
    assertEquals(
        "through the proxy java.example:9",
        new Proxies(Map.of(), java).describe(URI.create("https://download.pytorch.org/x")));
  }

  @Test
  void aDownloadAsksTheProxyForTheWholeAddress() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer proxy = server(asked, 200);
    Path part = folder.resolve("net.pth.part");
    assertTrue(download(proxy, part).run("net.pth", PATIENTLY));
    assertEquals(List.of("http://weights.example/net.pth"), asked);
    assertEquals("weights", Files.readString(part));
    proxy.stop(0);
  }

  @Test
  void whatNamesNoProxyIsSaidToNameNone() {
    URI url = URI.create("https://weights.example/net.pth");
    for (String value : List.of("http://pro xy:1", "http://", "http://a_b:x")) {
      Proxies proxies = new Proxies(Map.of("https_proxy", value), ProxySelector.of(null));
      assertEquals(List.of(Proxy.NO_PROXY), proxies.select(url));
      assertEquals(
          "without a proxy, as https_proxy is not of the form http://host:port",
          proxies.describe(url));
    }
  }

  @Test
  void anErrorNamesTheProxy() throws IOException {
    HttpServer proxy = server(new CopyOnWriteArrayList<>(), 407);
    String way = "through the proxy 127.0.0.1:" + proxy.getAddress().getPort() + " of http_proxy";
    IOException refused =
        assertThrows(
            IOException.class,
            () -> download(proxy, folder.resolve("part")).run("net.pth", PATIENTLY));
    assertTrue(refused.getMessage().endsWith(way), refused.getMessage());
    proxy.stop(0);
  }

  private static Download download(HttpServer proxy, Path part) {
    Map<String, String> environment =
        Map.of("http_proxy", "http://127.0.0.1:" + proxy.getAddress().getPort());
    return new Download(
        URI.create("http://weights.example/net.pth"),
        part,
        HASTE,
        new Proxies(environment, ProxySelector.of(null)));
  }

  private static HttpServer server(List<String> asked, int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] body = "weights".getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
