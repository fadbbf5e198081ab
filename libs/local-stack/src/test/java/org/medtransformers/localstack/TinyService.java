package org.medtransformers.localstack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The least that the supervisor takes for a service. Ends at once when told so. */
public final class TinyService {
  static final String FAIL = "TINY_SERVICE_FAILS_WITH";

  private TinyService() {}

  public static void main(String[] args) throws IOException {
    Map<String, String> environment = System.getenv();
    if (environment.containsKey(FAIL)) {
      System.err.println(environment.get(FAIL));
      System.exit(1);
    }
    int port = Integer.parseInt(environment.get("QUARKUS_HTTP_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/q/health/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** Packs this class into a jar that {@code java -jar} runs. */
  static Path jar(Path directory) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TinyService.class.getName());
    Path jar = directory.resolve("tiny-service.jar");
    String entry = TinyService.class.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var bytes = TinyService.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
      out.closeEntry();
    }
    return jar;
  }
}
