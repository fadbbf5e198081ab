package org.medtransformers.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * A data-service for tests of its clients: real HTTP, images drawn from (split, row), the batches a
 * pure function of loader, epoch and number. Image {@code i} has class {@code i mod classes}, told
 * apart by its brightness. It can be stopped, restarted on the same port and made to misbehave.
 */
public final class GeneratedDataServer implements AutoCloseable {
  /** A status and a body in place of the regular answer. */
  public record Answer(int status, ByteBuffer body) {
    public static Answer problem(int status, String code, String detail) {
      String text = Json.write(Map.of("status", status, "code", code, "detail", detail));
      return new Answer(status, UTF_8.encode(text));
    }
  }

  private static final Pattern BATCH =
      Pattern.compile("/api/v1/loaders/(\\w+)/epochs/(\\d+)/batches/(\\d+)");

  private static final Pattern IMAGES = Pattern.compile("split=(\\w+)&page=(\\d+)&size=(\\d+)");

  static {
    // Without it each answer waits for an acknowledgement that the client delays by 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final PreparedDataset dataset;
  private final int size;
  private final Map<String, LoaderInfo> loaders = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> traceparents = new CopyOnWriteArrayList<>();
  private volatile Function<String, Optional<Answer>> misbehaviour = path -> Optional.empty();
  private volatile HttpServer server;
  private volatile ExecutorService threads;
  private volatile int port;

  /**
   * @param size height and width of the images, in pixels
   */
  public GeneratedDataServer(DatasetDescription description, SplitSizes sizes, int size) {
    this.dataset = new PreparedDataset("generated", description, sizes, null, null, 0, List.of());
    this.size = size;
    start();
  }

  public PreparedDataset dataset() {
    return dataset;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Paths asked for so far, answered or not. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The traces that requests have said they are part of. */
  public List<String> traceparents() {
    return List.copyOf(traceparents);
  }

  /** The answer for a path in place of the regular one, where {@code answers} gives any. */
  public void misbehave(Function<String, Optional<Answer>> answers) {
    misbehaviour = answers;
  }

  public void behave() {
    misbehave(path -> Optional.empty());
  }

  /** What a restarted replica does. */
  public void forgetLoaders() {
    loaders.clear();
  }

  public void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Starts, on the port of the last time if there was one. */
  public void start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public void close() {
    stop();
  }

  /** The regular body of a batch; views differ in their noise, and in size where one crops. */
  public Safetensors batch(LoaderInfo loader, int epoch, int number) {
    List<Integer> rows = rows(loader, epoch, number);
    Map<String, Tensor> tensors = new HashMap<>();
    for (int view = 0; view < Math.max(1, loader.spec().views().size()); view++) {
      tensors.put("view." + view, view(rows, view, side(loader.spec(), view)));
    }
    tensors.put("label", labels(rows));
    long[] index = rows.stream().mapToLong(Integer::longValue).toArray();
    tensors.put("index", Tensor.ofLongs(index, rows.size()));
    return new Safetensors(tensors);
  }

  private int side(LoaderSpec spec, int view) {
    return spec.views().isEmpty() || spec.views().get(view).randomResizedCrop() == null
        ? size
        : spec.views().get(view).randomResizedCrop().size();
  }

  private Tensor view(List<Integer> rows, int view, int side) {
    int channels = dataset.description().channels();
    int length = channels * side * side;
    float[] pixels = new float[rows.size() * length];
    for (int i = 0; i < rows.size(); i++) {
      Random random = new Random(rows.get(i) + 1_000_003L * view);
      float brightness = label(rows.get(i)) - classes() / 2f;
      for (int p = i * length; p < (i + 1) * length; p++) {
        pixels[p] = brightness + 0.5f * (float) random.nextGaussian();
      }
    }
    return Tensor.ofFloats(pixels, rows.size(), channels, side, side);
  }

  private Tensor labels(List<Integer> rows) {
    long[] labels = rows.stream().mapToLong(this::label).toArray();
    if (dataset.description().task() == Task.MULTI_CLASS) {
      return Tensor.ofLongs(labels, labels.length);
    }
    float[] positive = new float[labels.length];
    IntStream.range(0, labels.length).forEach(i -> positive[i] = labels[i]);
    return Tensor.ofFloats(positive, labels.length, 1);
  }

  private int label(int row) {
    return row % classes();
  }

  private int classes() {
    return dataset.description().classes().size();
  }

  private List<Integer> rows(LoaderInfo loader, int epoch, int number) {
    LoaderSpec spec = loader.spec();
    int first = firstRow(spec.split());
    List<Integer> rows =
        new ArrayList<>(IntStream.range(first, first + loader.images()).boxed().toList());
    if (spec.shuffle()) {
      Collections.shuffle(rows, new Random(31 * spec.seed() + epoch));
    }
    int from = number * spec.batchSize();
    return rows.subList(from, Math.min(rows.size(), from + spec.batchSize()));
  }

  /** Two images of a patient each, sex and age by patient. */
  public List<DatasetImage> images(Split split) {
    return IntStream.range(firstRow(split), firstRow(split) + dataset.sizes().of(split))
        .mapToObj(
            row ->
                new DatasetImage(
                    row,
                    "image-" + row,
                    "patient-" + row / 2,
                    Map.of(
                        "sex",
                        row / 2 % 2 == 0 ? "female" : "male",
                        "age",
                        String.valueOf(30 + 10 * (row / 2 % 5)))))
        .toList();
  }

  private int firstRow(Split split) {
    return switch (split) {
      case TRAIN -> 0;
      case VAL -> dataset.sizes().train();
      case TEST -> dataset.sizes().train() + dataset.sizes().val();
    };
  }

  private List<Integer> classCounts(LoaderSpec spec, int images) {
    int[] counts = new int[classes()];
    IntStream.range(0, images).forEach(i -> counts[label(firstRow(spec.split()) + i)]++);
    return IntStream.of(counts).boxed().toList();
  }

  private LoaderInfo register(LoaderSpec spec) {
    int images = dataset.sizes().of(spec.split());
    int batches =
        spec.dropLast()
            ? images / spec.batchSize()
            : (images + spec.batchSize() - 1) / spec.batchSize();
    String id = Integer.toHexString(spec.hashCode());
    return loaders.computeIfAbsent(
        id, key -> new LoaderInfo(key, spec, images, batches, classCounts(spec, images)));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(path);
      traceparents.addAll(exchange.getRequestHeaders().getOrDefault("traceparent", List.of()));
      Answer answer = misbehaviour.apply(path).orElseGet(() -> regular(exchange, path));
      ByteBuffer body = answer.body().duplicate();
      exchange.sendResponseHeaders(answer.status(), body.hasRemaining() ? body.remaining() : -1);
      Channels.newChannel(exchange.getResponseBody()).write(body);
    }
  }

  private Answer regular(HttpExchange exchange, String path) {
    if (path.equals("/api/v1/loaders")) {
      return new Answer(200, UTF_8.encode(Json.write(register(readSpec(exchange)))));
    }
    if (path.equals("/api/v1/datasets/" + dataset.id() + "/images")) {
      return new Answer(200, UTF_8.encode(Json.write(page(exchange.getRequestURI().getQuery()))));
    }
    Matcher match = BATCH.matcher(path);
    if (!match.matches() || !loaders.containsKey(match.group(1))) {
      return Answer.problem(404, "NOT_FOUND", path + ": no such loader");
    }
    int epoch = Integer.parseInt(match.group(2));
    int number = Integer.parseInt(match.group(3));
    return new Answer(200, batch(loaders.get(match.group(1)), epoch, number).encode());
  }

  private List<DatasetImage> page(String query) {
    Matcher asked = IMAGES.matcher(query);
    if (!asked.matches()) {
      throw new IllegalArgumentException(query);
    }
    int size = Integer.parseInt(asked.group(3));
    return images(Split.of(asked.group(1))).stream()
        .skip((long) size * Integer.parseInt(asked.group(2)))
        .limit(size)
        .toList();
  }

  private static LoaderSpec readSpec(HttpExchange exchange) {
    try {
      return Json.read(
          new String(exchange.getRequestBody().readAllBytes(), UTF_8), LoaderSpec.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
