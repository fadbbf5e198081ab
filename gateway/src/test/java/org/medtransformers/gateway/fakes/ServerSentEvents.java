package org.medtransformers.gateway.fakes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A stream of the gateway as a browser reads it, parsed by hand. */
public final class ServerSentEvents implements AutoCloseable {
  /** One message of the stream; a comment has no name. */
  public record Message(String id, String name, String data) {}

  private final BufferedReader lines;

  private ServerSentEvents(BufferedReader lines) {
    this.lines = lines;
  }

  /**
   * Opens the stream at {@code path}.
   *
   * @param lastEventId null without
   */
  public static ServerSentEvents open(String path, String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = Gateway.request(path).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response =
        HttpClient.newBuilder()
            // As browsers do without TLS.
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    return new ServerSentEvents(
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  /** The next message; null at the end of the stream. */
  public Message next() throws IOException {
    List<String> block = new ArrayList<>();
    String line = lines.readLine();
    while (line != null && (!line.isEmpty() || block.isEmpty())) {
      if (!line.isEmpty()) {
        block.add(line);
      }
      line = lines.readLine();
    }
    if (block.isEmpty()) {
      return null;
    }
    return new Message(field(block, "id:"), field(block, "event:"), content(block));
  }

  private static String field(List<String> block, String name) {
    return block.stream()
        .filter(l -> l.startsWith(name))
        .map(l -> l.substring(name.length()).strip())
        .findFirst()
        .orElse(null);
  }

  private static String content(List<String> block) {
    return block.stream()
        .filter(l -> l.startsWith("data:") || l.startsWith(":"))
        .map(l -> l.substring(l.indexOf(':') + 1).strip())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
