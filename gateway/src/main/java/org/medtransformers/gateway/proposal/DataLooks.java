package org.medtransformers.gateway.proposal;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.error.ProblemDetails;
import org.medtransformers.contracts.http.Exchange;
import org.medtransformers.service.access.internal.PeerCredentials;
import org.medtransformers.service.batches.DataServiceConfig;

/** Has the data-service look at data. */
@Singleton
final class DataLooks {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int TRIES = 10;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final DataServiceConfig config;
  private final PeerCredentials credentials;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  DataLooks(DataServiceConfig config, PeerCredentials credentials) {
    this.credentials = credentials;
    this.config = config;
  }

  /**
   * What is seen at {@code data}. One replica is asked until it is through: the others would begin
   * anew.
   *
   * @param progress hears how far it is
   * @throws MedtransException as the data-service says it, or {@link ErrorCode#UNAVAILABLE}
   */
  DataLook at(String data, Consumer<String> progress) throws InterruptedException {
    URI replica = config.url().get(0);
    for (int failures = 0; ; Thread.sleep(PAUSE.toMillis())) {
      try {
        HttpResponse<String> answer = ask(replica, data);
        if (answer.statusCode() == 200) {
          return Json.read(answer.body(), DataLook.class);
        }
        MedtransException refused =
            ProblemDetails.read(answer.statusCode(), answer.body()).exception("the data-service");
        if (refused.code() != ErrorCode.UNAVAILABLE) {
          throw refused;
        }
        progress.accept(refused.getMessage());
      } catch (IOException e) {
        if (++failures == TRIES) {
          throw MedtransException.of(
              ErrorCode.UNAVAILABLE,
              "the data-service at %s does not answer: %s".formatted(replica, e),
              e);
        }
      }
    }
  }

  private HttpResponse<String> ask(URI replica, String data)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(replica.resolve("/api/v1/looks"))
            .header("Content-Type", "application/json")
            .header(PeerCredentials.HEADER, credentials.to(ServiceName.DATA))
            .POST(BodyPublishers.ofString(Json.write(new DataLook.Request(data))))
            .build();
    return Exchange.send(http, request, BodyHandlers.ofString(), config.requestTimeout());
  }
}
