package org.medtransformers.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.MalformedSafetensorsException;
import org.medtransformers.contracts.tensor.Safetensors;

/**
 * Fetches batches from the replicas of the data-service, which take turns. A batch is a pure
 * function of loader, epoch and number, so asking again, or asking another replica, never changes
 * what is learned: whatever may pass by itself is tried again for {@link BatchSettings#patience},
 * at once where another replica is there, and one that does not know the loader is told of it.
 *
 * <p>What is given up is a {@link MedtransException}: with the data-service's own code where it
 * refused, {@link ErrorCode#UNAVAILABLE} where it stayed away.
 */
public final class BatchClient {
  private static final String LOADERS = "/api/v1/loaders";
  private static final int IMAGES_AT_A_TIME = 10_000;

  /** A machine that is gone answers nothing, not even a refusal. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final BatchSettings settings;
  private final Supplier<Map<String, String>> headers;
  private final Credentials credentials;
  private final Http http;

  /**
   * What shows the data-service who asks; good for minutes perhaps, so each request asks for it.
   */
  @FunctionalInterface
  public interface Credentials {
    /**
     * Headers of a request.
     *
     * @param loader the one that it is about; none where it makes one known, or is about a data set
     */
    Map<String, String> of(Optional<String> loader);
  }

  /** For a data-service that asks nobody who they are. */
  public BatchClient(BatchSettings settings) {
    this(settings, Map::of, loader -> Map.of());
  }

  /**
   * @param headers what requests carry besides, such as the trace that they are part of; asked on
   *     the thread that calls, also for what is fetched ahead by others
   */
  public BatchClient(
      BatchSettings settings, Supplier<Map<String, String>> headers, Credentials credentials) {
    this.settings = settings;
    this.headers = headers;
    this.credentials = credentials;
    // The upgrade to HTTP/2 that the JDK would try first buys nothing for large single bodies.
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    this.http = new Http(client, settings);
  }

  /**
   * Makes the loader known to the data-service; doing so twice has no effect.
   *
   * @param shouldStop ends the patience early
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  public LoaderInfo register(LoaderSpec spec, BooleanSupplier shouldStop)
      throws InterruptedException {
    Map<String, String> carried = headers.get();
    return http.retrying(replica -> postLoader(replica, spec, carried), shouldStop);
  }

  /**
   * Batches in order, counted over epochs: position {@code p} is batch {@code p mod batches} of
   * epoch {@code p / batches}.
   *
   * @param from the first position
   * @param to one after the last
   */
  public BatchStream stream(LoaderInfo loader, long from, long to) {
    Map<String, String> carried = headers.get();
    return new BatchStream(position -> fetch(loader, position, carried), settings, from, to);
  }

  /**
   * What is known of the images of a part, in the order in which an unshuffled loader serves them.
   *
   * @param datasetId id of the prepared data set
   * @param shouldStop ends the patience early
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  public List<DatasetImage> images(String datasetId, Split split, BooleanSupplier shouldStop)
      throws InterruptedException {
    List<DatasetImage> images = new ArrayList<>();
    for (int page = 0; ; page++) {
      String path =
          String.format(
              Locale.ROOT,
              "/api/v1/datasets/%s/images?split=%s&page=%d&size=%d",
              datasetId,
              split.label(),
              page,
              IMAGES_AT_A_TIME);
      DatasetImage[] found = page(path, shouldStop);
      images.addAll(Arrays.asList(found));
      if (found.length < IMAGES_AT_A_TIME) {
        return images;
      }
    }
  }

  private DatasetImage[] page(String path, BooleanSupplier shouldStop) throws InterruptedException {
    Map<String, String> carried = headers.get();
    byte[] answer =
        http.retrying(
            replica ->
                http.send(
                    request(replica.resolve(path), carried, credentials.of(Optional.empty()))
                        .GET()),
            shouldStop);
    return Json.read(new String(answer, UTF_8), DatasetImage[].class);
  }

  /**
   * PNG of what augmentation makes of one image.
   *
   * @param image its row in the prepared data set's index, of the loader's split
   * @param samples what so many epochs, from the first on, see of it
   * @param shouldStop ends the patience early
   */
  public byte[] contactSheet(LoaderInfo loader, int image, int samples, BooleanSupplier shouldStop)
      throws InterruptedException {
    String path =
        String.format(
            Locale.ROOT, "%s/%s/preview?image=%d&n=%d", LOADERS, loader.id(), image, samples);
    Map<String, String> carried = headers.get();
    return http.retrying(replica -> get(replica, loader, path, carried), shouldStop);
  }

  private Batch fetch(LoaderInfo loader, long position, Map<String, String> carried)
      throws InterruptedException {
    String path =
        String.format(
            Locale.ROOT,
            "%s/%s/epochs/%d/batches/%d",
            LOADERS,
            loader.id(),
            position / loader.batches(),
            position % loader.batches());
    byte[] body = http.retrying(replica -> get(replica, loader, path, carried), () -> false);
    try {
      return Batch.of(Safetensors.read(ByteBuffer.wrap(body)));
    } catch (MalformedSafetensorsException e) {
      throw MedtransException.of(ErrorCode.INTERNAL, path + ": " + e.getMessage(), e);
    }
  }

  private static HttpRequest.Builder request(
      URI uri, Map<String, String> carried, Map<String, String> shown) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    carried.forEach(request::header);
    shown.forEach(request::header);
    return request;
  }

  private byte[] get(URI replica, LoaderInfo loader, String path, Map<String, String> carried)
      throws Exception {
    try {
      return http.send(ofLoader(replica, loader, path, carried));
    } catch (MedtransException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
      // A replica over a database of its own; if the data set itself is gone, this says so.
      postLoader(replica, loader.spec(), carried);
      return http.send(ofLoader(replica, loader, path, carried));
    }
  }

  private HttpRequest.Builder ofLoader(
      URI replica, LoaderInfo loader, String path, Map<String, String> carried) {
    return request(replica.resolve(path), carried, credentials.of(Optional.of(loader.id()))).GET();
  }

  private LoaderInfo postLoader(URI replica, LoaderSpec spec, Map<String, String> carried)
      throws Exception {
    byte[] answer =
        http.send(
            request(replica.resolve(LOADERS), carried, credentials.of(Optional.empty()))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(spec))));
    return Json.read(new String(answer, UTF_8), LoaderInfo.class);
  }
}
