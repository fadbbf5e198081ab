package org.medtransformers.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.localstack.LocalStack;
import org.medtransformers.tokens.PeerKey;
import org.medtransformers.tokens.PeerToken.About;
import org.medtransformers.tokens.PeerTokens;

/**
 * The four batches of a loader, asked for as a trainer does.
 *
 * @param id of the loader, the same at every replica
 * @param trainer whose requests they are
 */
record Batches(String id, PeerTokens trainer) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int COUNT = 4;

  /** Makes a loader of the 112 training images of {@code prepared} known to one replica. */
  static Batches register(URI replica, String prepared, Path home)
      throws IOException, InterruptedException {
    PeerTokens trainer =
        new PeerTokens(
            PeerKey.read(LocalStack.serviceKey(home)), ServiceName.TRAINER, Clock.systemUTC());
    HttpResponse<String> made =
        HTTP.send(
            HttpRequest.newBuilder(replica.resolve("/api/v1/loaders"))
                .header("content-type", "application/json")
                .header("authorization", shown(trainer, About.NOTHING))
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"preparedId": "%s", "split": "train", "batchSize": 28, "shuffle": true,
                         "dropLast": false, "seed": 11, "views": [{"Normalize": true,
                         "RandomResizedCrop": {"apply": true, "size": 32, "scale": [0.5, 1]},
                         "ColorJitter": {"apply": true, "hue": 0.1, "brightness": 0.4}}]}
                        """
                            .formatted(prepared)))
                .build(),
            BodyHandlers.ofString());
    assertEquals(201, made.statusCode(), made::body);
    return new Batches(Json.parse(made.body()).path("id").asText(), trainer);
  }

  /** All bytes of the first epoch. */
  byte[] from(URI replica) throws IOException, InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int batch = 0; batch < COUNT; batch++) {
      URI address = replica.resolve("/api/v1/loaders/%s/epochs/1/batches/%d".formatted(id, batch));
      HttpResponse<byte[]> response =
          HTTP.send(
              HttpRequest.newBuilder(address)
                  .header("authorization", shown(trainer, About.loader(id)))
                  .build(),
              BodyHandlers.ofByteArray());
      assertEquals(200, response.statusCode());
      all.write(response.body());
    }
    return all.toByteArray();
  }

  private static String shown(PeerTokens trainer, About about) {
    return "Bearer " + trainer.to(ServiceName.DATA, about);
  }

  /** Whatever a stranger gets. */
  static HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }
}
