package org.medtransformers.gateway.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.error.ProblemDetails;
import org.medtransformers.contracts.http.Exchange;
import org.medtransformers.gateway.config.EvalServiceConfig;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.config.TrainerServiceConfig;
import org.medtransformers.service.access.internal.PeerCredentials;
import org.medtransformers.service.batches.DataServiceConfig;
import org.medtransformers.service.trace.Tracing;

/**
 * Asks other services. A person waits for the answer, so nobody is asked for long or again and
 * again: each address of a service is tried once, and where none answers that is said.
 */
@Singleton
public final class Peers {
  /** Longest refusal that is read. */
  private static final int REFUSAL = 1 << 16;

  private static final int OK = 200;
  private static final int REDIRECTION = 300;

  private final Map<Peer, List<URI>> addresses;
  private final GatewayConfig.Peers limits;
  private final Tracing tracing;
  private final PeerCredentials credentials;
  private final HttpClient client;

  Peers(
      DataServiceConfig data,
      TrainerServiceConfig trainer,
      EvalServiceConfig eval,
      GatewayConfig config,
      Tracing tracing,
      PeerCredentials credentials) {
    this.addresses =
        Map.of(Peer.DATA, data.url(), Peer.TRAINER, trainer.url(), Peer.EVAL, eval.url());
    this.limits = config.peers();
    this.tracing = tracing;
    this.credentials = credentials;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limits.connect())
            .build();
  }

  /** Where {@code peer} is, as configured. */
  public List<URI> addresses(Peer peer) {
    return addresses.get(peer);
  }

  /**
   * What {@code peer} answers to {@code GET path}, as JSON of {@code type}.
   *
   * @throws MedtransException as it refuses, or {@link ErrorCode#UNAVAILABLE} where it does not
   *     answer
   */
  public <T> T get(Peer peer, String path, Class<T> type) {
    return json(bytes(peer, path), type);
  }

  /** The bytes of that answer, such as a picture's. */
  public byte[] bytes(Peer peer, String path) {
    return whole(peer, path, HttpRequest.Builder::GET);
  }

  /** What it answers to {@code body} as JSON; asking twice has no effect there. */
  public <T> T post(Peer peer, String path, Object body, Class<T> type) {
    String text = Json.write(body);
    return json(
        whole(
            peer,
            path,
            request ->
                request
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString(text))),
        type);
  }

  /**
   * What {@code peer} answers at one {@code address} to {@code GET path}, as JSON.
   *
   * @throws MedtransException as {@link #get}
   */
  public <T> T getAt(Peer peer, URI address, String path, Class<T> type) {
    try {
      return json(answer(peer, address, path, HttpRequest.Builder::GET, limits.patience()), type);
    } catch (IOException e) {
      throw silent(address.toString(), e);
    }
  }

  /**
   * Sends {@code body} as it comes and hands on the answer, however long that takes within {@code
   * limit}; only one address is tried, since a body comes once.
   */
  public byte[] forward(Peer peer, String path, InputStream body, Duration limit) {
    URI address = addresses.get(peer).get(0);
    try {
      return answer(
          peer,
          address,
          path,
          request ->
              request
                  .header("content-type", "application/octet-stream")
                  .POST(BodyPublishers.ofInputStream(() -> body)),
          limit);
    } catch (IOException e) {
      throw silent(peer.label(), e);
    }
  }

  /**
   * The answer to {@code GET path} as it comes; whoever reads it closes its body.
   *
   * @throws MedtransException as {@link #get}
   */
  public HttpResponse<InputStream> open(Peer peer, String path) {
    IOException last = null;
    for (URI address : addresses.get(peer)) {
      try {
        HttpRequest request = request(peer, address, path).timeout(limits.work()).GET().build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        if (succeeded(response)) {
          return response;
        }
        try (InputStream refusal = response.body()) {
          throw refused(address, response.statusCode(), refusal.readNBytes(REFUSAL));
        }
      } catch (IOException e) {
        last = e;
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    throw silent(peer.label(), last);
  }

  private byte[] whole(Peer peer, String path, UnaryOperator<HttpRequest.Builder> method) {
    IOException last = null;
    for (URI address : addresses.get(peer)) {
      try {
        return answer(peer, address, path, method, limits.work());
      } catch (IOException e) {
        last = e;
      }
    }
    throw silent(peer.label(), last);
  }

  private byte[] answer(
      Peer peer,
      URI address,
      String path,
      UnaryOperator<HttpRequest.Builder> method,
      Duration limit)
      throws IOException {
    try {
      HttpResponse<byte[]> response =
          Exchange.send(
              client,
              method.apply(request(peer, address, path)).build(),
              BodyHandlers.ofByteArray(),
              limit);
      if (succeeded(response)) {
        return response.body();
      }
      throw refused(address, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpRequest.Builder request(Peer peer, URI address, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.toString().replaceFirst("/$", "") + path));
    tracing.headers().forEach(request::header);
    return request.header(PeerCredentials.HEADER, credentials.to(peer.service()));
  }

  private static boolean succeeded(HttpResponse<?> response) {
    return response.statusCode() >= OK && response.statusCode() < REDIRECTION;
  }

  private static <T> T json(byte[] body, Class<T> type) {
    return Json.read(new String(body, UTF_8), type);
  }

  private static MedtransException refused(URI address, int status, byte[] body) {
    return ProblemDetails.read(status, new String(body, UTF_8)).exception(address.toString());
  }

  private static MedtransException silent(String who, IOException reason) {
    return MedtransException.of(
        ErrorCode.UNAVAILABLE, "%s does not answer: %s".formatted(who, reason), reason);
  }

  private static MedtransException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return MedtransException.of(ErrorCode.UNAVAILABLE, "this service is being stopped", e);
  }
}
