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
import org.medtransformers.contracts.Json;

/**
 * The four batches of a loader, asked for as a trainer does.
 *
 * @param path of the loader, the same at every replica
 */
record Batches(String path) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int COUNT = 4;

  /** Makes a loader of the 112 training images of {@code prepared} known to one replica. */
  static Batches register(URI replica, String prepared) throws IOException, InterruptedException {
    HttpResponse<String> made =
        HTTP.send(
            HttpRequest.newBuilder(replica.resolve("/api/v1/loaders"))
                .header("content-type", "application/json")
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
    return new Batches("/api/v1/loaders/" + Json.parse(made.body()).path("id").asText());
  }

  /** All bytes of the first epoch. */
  byte[] from(URI replica) throws IOException, InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int batch = 0; batch < COUNT; batch++) {
      HttpResponse<byte[]> response = get(replica.resolve(path + "/epochs/1/batches/" + batch));
      assertEquals(200, response.statusCode());
      all.write(response.body());
    }
    return all.toByteArray();
  }

  static HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }
}
