package org.medtransformers.learning.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.PretrainedType;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.download.Download;
import org.medtransformers.files.download.Transfer;

/** Against a server on this machine that behaves as servers do. */
class WeightStoreTest {
  private static final String NAME = "net.pth";
  private static final Download.Patience IMPATIENT =
      new Download.Patience(Duration.ofSeconds(5), Duration.ofSeconds(1), 3, Duration.ofMillis(10));
  private static final Transfer PATIENTLY = new Transfer((file, done, total) -> {}, () -> false);

  private final byte[] content = new byte[300_000];
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Answer answer = this::whole;
  private HttpServer server;

  @TempDir Path temp;
  private Path folder;

  private interface Answer {
    void give(HttpExchange exchange, int offset) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    folder = temp.resolve("home/weights");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(String.valueOf(range));
          int offset =
              range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
          try (exchange) {
            answer.give(exchange, offset);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aFileIsDownloadedOnceAndVerifiedEachTime() throws Exception {
    Path file = get(published(8)).orElseThrow();
    assertEquals(folder.resolve(NAME), file);
    assertArrayEquals(content, Files.readAllBytes(file));
    assertEquals(List.of(file), List.of(get(published(8)).orElseThrow()));
    assertEquals(1, ranges.size());
    assertEquals(sha256() + "  " + NAME + "\n", Files.readString(pin()));
    assertFalse(Files.exists(part()));
  }

  @Test
  void aBrokenDownloadGoesOnWhereItBroke() throws Exception {
    answer =
        (exchange, offset) -> {
          // The length is of the whole, the connection ends in the middle.
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 100_000);
          exchange.getResponseBody().flush();
          answer = this::rest;
          throw new IOException("broken off");
        };
    assertArrayEquals(content, Files.readAllBytes(get(published(64)).orElseThrow()));
    assertEquals(List.of("null", "bytes=100000-"), ranges);
  }

  @Test
  void aPartFromAnEarlierProcessIsGoneOnWith() throws Exception {
    writePart(Arrays.copyOf(content, 123_456));
    answer = this::rest;
    assertArrayEquals(content, Files.readAllBytes(get(published(8)).orElseThrow()));
    assertEquals(List.of("bytes=123456-"), ranges);
  }

  @Test
  void aCompletePartIsTakenAsItIs() throws Exception {
    writePart(content);
    answer =
        (exchange, offset) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
          exchange.sendResponseHeaders(416, -1);
        };
    assertArrayEquals(content, Files.readAllBytes(get(published(8)).orElseThrow()));
  }

  @Test
  void aServerThatIgnoresRangesSendsTheWholeAnew() throws Exception {
    writePart(Arrays.copyOf(content, 123_456));
    assertArrayEquals(content, Files.readAllBytes(get(published(8)).orElseThrow()));
  }

  @Test
  void aPartOfAnotherFileIsDroppedAndTheWholeFetched() throws Exception {
    writePart(new byte[5000]);
    answer = this::rest;
    assertArrayEquals(content, Files.readAllBytes(get(published(8)).orElseThrow()));
    assertEquals(List.of("bytes=5000-", "null"), ranges);
  }

  @Test
  void aWrongHashIsToldAndNothingIsKept() throws Exception {
    content[17] ^= 1;
    PublishedWeights weights = published(8);
    content[17] ^= 1;
    MedtransException refusal = assertThrows(MedtransException.class, () -> get(weights));
    assertEquals(ErrorCode.WEIGHTS_UNREADABLE, refusal.code());
    assertTrue(refusal.getMessage().contains(sha256()), refusal.getMessage());
    assertFalse(Files.exists(folder.resolve(NAME)));
    assertFalse(Files.exists(part()));
    assertFalse(Files.exists(pin()));
  }

  @Test
  void whereNothingIsPublishedNothingIsUsedBeforeItIsPinned() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve(NAME), content);
    MedtransException refusal = assertThrows(MedtransException.class, () -> get(published(0)));
    assertEquals(ErrorCode.WEIGHTS_UNAVAILABLE, refusal.code());
    assertEquals(List.of(), ranges);
    String command = "sha256sum net.pth > net.pth.sha256";
    assertTrue(refusal.getMessage().endsWith(command), refusal.getMessage());
    run(command);
    assertTrue(get(published(0)).isPresent());
  }

  private void run(String command) throws Exception {
    assertEquals(
        0, new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).start().waitFor());
  }

  @Test
  void whereNothingIsPublishedThePinnedFileCounts() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(pin(), sha256() + "  " + NAME + "\n");
    get(published(0));
    String pinned = Files.readString(pin());
    Files.delete(folder.resolve(NAME));
    content[17] ^= 1;
    MedtransException refusal = assertThrows(MedtransException.class, () -> get(published(0)));
    assertEquals(ErrorCode.WEIGHTS_UNREADABLE, refusal.code());
    assertTrue(refusal.getMessage().contains("used before"), refusal.getMessage());
    assertEquals(pinned, Files.readString(pin()));
  }

  @Test
  void aFileThatWasDamagedLaterIsSetAsideAndFetchedAgain() throws Exception {
    Path file = get(published(8)).orElseThrow();
    Files.write(file, new byte[10]);
    assertArrayEquals(content, Files.readAllBytes(get(published(8)).orElseThrow()));
    assertEquals(10, Files.size(folder.resolve(NAME + ".damaged")));
  }

  @Test
  void aMissingFileIsNotAskedForTwice() {
    answer = (exchange, offset) -> exchange.sendResponseHeaders(404, -1);
    assertUnavailable("status 404");
    assertEquals(1, ranges.size());
  }

  @Test
  void aServerInTroubleIsAskedAFewTimes() throws Exception {
    answer = (exchange, offset) -> exchange.sendResponseHeaders(503, -1);
    assertUnavailable("status 503");
    assertEquals(IMPATIENT.attempts(), ranges.size());
    answer = this::whole;
    assertTrue(get(published(8)).isPresent());
  }

  @Test
  void aServerThatFallsSilentIsLeftAndWhatCameIsKept() {
    answer =
        (exchange, offset) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 50_000);
          exchange.getResponseBody().flush();
          sleep(20_000);
        };
    assertUnavailable("nothing came for 1 s");
    assertTrue(Files.exists(part()));
  }

  @Test
  void aSlowServerIsWaitedForAndItsProgressTold() throws Exception {
    answer =
        (exchange, offset) -> {
          exchange.sendResponseHeaders(200, content.length);
          for (int at = 0; at < content.length; at += 60_000) {
            sleep(500);
            exchange.getResponseBody().write(content, at, 60_000);
            exchange.getResponseBody().flush();
          }
        };
    List<Long> progress = new CopyOnWriteArrayList<>();
    Transfer watched =
        new Transfer(
            (file, done, total) -> {
              assertEquals(content.length, total);
              progress.add(done);
            },
            () -> false);
    assertTrue(store(Optional.empty()).get(published(8), watched).isPresent());
    assertTrue(progress.size() >= 3, progress::toString);
    assertEquals((long) content.length, progress.get(progress.size() - 1));
  }

  @Test
  void aDownloadThatIsToldToStopKeepsWhatCame() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    answer =
        (exchange, offset) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 50_000);
          exchange.getResponseBody().flush();
          stop.set(true);
          sleep(20_000);
        };
    assertEquals(
        Optional.empty(),
        store(Optional.empty())
            .get(published(8), new Transfer((file, done, total) -> {}, stop::get)));
    answer = this::rest;
    assertTrue(get(published(8)).isPresent());
    assertTrue(ranges.get(1).startsWith("bytes="), ranges::toString);
  }

  @Test
  void withoutANetworkTheErrorSaysWhichFileToPutWhere() {
    server.stop(0);
    MedtransException refusal = assertUnavailable("Put the file net.pth into " + folder);
    assertTrue(refusal.getMessage().contains("http://"), refusal.getMessage());
    assertFalse(refusal.retriable());
  }

  @Test
  void aFileThatWasPutThereIsTakenWithoutANetwork() throws Exception {
    server.stop(0);
    Files.createDirectories(folder);
    Files.write(folder.resolve(NAME), content);
    assertEquals(folder.resolve(NAME), get(published(8)).orElseThrow());
  }

  @Test
  void aFolderOfTheUsersIsLookedIntoFirstAndNotWrittenTo() throws Exception {
    Path given = Files.createDirectory(temp.resolve("given"));
    Files.write(given.resolve(NAME), content);
    Optional<Path> found = store(Optional.of(given)).get(published(8), PATIENTLY);
    assertEquals(Optional.of(given.resolve(NAME)), found);
    assertEquals(List.of(), ranges);
    Files.write(given.resolve(NAME), new byte[3]);
    assertThrows(
        MedtransException.class, () -> store(Optional.of(given)).get(published(8), PATIENTLY));
    assertEquals(3, Files.size(given.resolve(NAME)));
    assertFalse(Files.exists(given.resolve(NAME + ".sha256")));
  }

  @Test
  void severalTrainersDownloadAFileOnce() {
    List<CompletableFuture<Path>> all =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return get(published(8)).orElseThrow();
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                        },
                        threads))
            .toList();
    all.forEach(path -> assertEquals(folder.resolve(NAME), path.join()));
    assertEquals(1, ranges.size());
  }

  private MedtransException assertUnavailable(String message) {
    MedtransException refusal = assertThrows(MedtransException.class, () -> get(published(8)));
    assertEquals(ErrorCode.WEIGHTS_UNAVAILABLE, refusal.code());
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    return refusal;
  }

  private void whole(HttpExchange exchange, int offset) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(content);
    }
  }

  private void rest(HttpExchange exchange, int offset) throws IOException {
    if (offset == 0) {
      whole(exchange, offset);
      return;
    }
    exchange
        .getResponseHeaders()
        .set(
            "Content-Range",
            "bytes %d-%d/%d".formatted(offset, content.length - 1, content.length));
    exchange.sendResponseHeaders(206, content.length - offset);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(content, offset, content.length - offset);
    }
  }

  private Optional<Path> get(PublishedWeights weights) throws InterruptedException {
    return store(Optional.empty()).get(weights, PATIENTLY);
  }

  private WeightStore store(Optional<Path> given) {
    return new WeightStore(folder, given, IMPATIENT);
  }

  /** With as many published digits. */
  private PublishedWeights published(int digits) {
    URI url =
        URI.create("http://127.0.0.1:%d/models/%s".formatted(server.getAddress().getPort(), NAME));
    return new PublishedWeights(
        Backbone.RESNET18,
        PretrainedType.SUPERVISED,
        null,
        url,
        sha256().substring(0, digits),
        "none");
  }

  private String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void writePart(byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Files.write(part(), bytes);
  }

  private Path part() {
    return folder.resolve(NAME + ".part");
  }

  private Path pin() {
    return folder.resolve(NAME + ".sha256");
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
