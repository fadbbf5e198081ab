package org.medtransformers.gateway.report.content;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.http.Exchange;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.service.access.internal.PeerCredentials;
import org.medtransformers.service.batches.DataServiceConfig;

/** Asks the data-service what prepared images are like; each replica tells the same. */
@Singleton
final class DataService {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** Images that it tells of at once. */
  static final int PAGE = 10_000;

  private final List<URI> replicas;
  private final PeerCredentials credentials;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  DataService(DataServiceConfig config, PeerCredentials credentials) {
    this.credentials = credentials;
    this.replicas = config.url();
  }

  /** A prepared data set, as far as a report tells of it. */
  record Prepared(Map<Split, List<Integer>> classCounts, Study.Copies statistics) {}

  /**
   * A data set's counts.
   *
   * @throws IOException where no replica answers, or none knows it
   */
  Prepared dataset(String id) throws IOException {
    return Json.read(text(ask("/api/v1/datasets/" + id, null)), Prepared.class);
  }

  /** One page of the images of a part; empty behind the last. */
  List<DatasetImage> images(String id, Split split, int page) throws IOException {
    String path = "/api/v1/datasets/%s/images?split=%s&page=%d&size=%d";
    byte[] answer = ask(path.formatted(id, split.label(), page, PAGE), null);
    return List.of(Json.read(text(answer), DatasetImage[].class));
  }

  /** Makes a loader known; its id. */
  String loader(LoaderSpec spec) throws IOException {
    return Json.read(text(ask("/api/v1/loaders", Json.write(spec))), LoaderInfo.class).id();
  }

  /** The first augmented sample of an image, a PNG. */
  byte[] preview(String loader, int image) throws IOException {
    return ask("/api/v1/loaders/%s/preview?image=%d&n=1".formatted(loader, image), null);
  }

  private static String text(byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8);
  }

  private byte[] ask(String path, String body) throws IOException {
    IOException last = new IOException("no data-service is configured");
    for (URI replica : replicas) {
      try {
        return ask(replica.resolve(path), body);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private byte[] ask(URI address, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header(PeerCredentials.HEADER, credentials.to(ServiceName.DATA));
    if (body != null) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<byte[]> answer =
          Exchange.send(http, request.build(), BodyHandlers.ofByteArray(), ANSWER);
      if (answer.statusCode() >= 300) {
        throw new IOException("the data-service answers " + answer.statusCode());
      }
      return answer.body();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
