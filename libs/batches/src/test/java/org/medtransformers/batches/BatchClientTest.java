package org.medtransformers.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.batches.GeneratedDataServer.Answer;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;

@Timeout(60)
class BatchClientTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final DatasetDescription TWO_CLASSES =
      new DatasetDescription(
          "Generated",
          List.of("dark", "bright"),
          Task.MULTI_CLASS,
          1,
          List.of(0.5),
          List.of(0.5),
          TargetMetric.COHEN_KAPPA,
          true);
  private static final LoaderSpec TRAINING =
      new LoaderSpec("generated", Split.TRAIN, List.of(), 4, true, false, 7);

  private final GeneratedDataServer server = replica();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void batchesArriveInOrderAcrossEpochs() throws InterruptedException {
    BatchClient client = client(LONG, 1 << 20);
    LoaderInfo loader = client.register(TRAINING, () -> false);
    try (BatchStream stream = client.stream(loader, 2, 8)) {
      for (int position = 2; position < 8; position++) {
        Batch batch = next(stream);
        assertArrayEquals(expectedIndex(loader, position), batch.index().longs());
      }
      assertFalse(stream.hasNext());
    }
  }

  /** As many as fit into two pages, one more, and as many as fit into one page less. */
  @ParameterizedTest
  @CsvSource({"9999, 1", "10000, 2", "20001, 3"})
  void imagesOfAPartAreAskedForInPages(int images, int requests) throws InterruptedException {
    try (GeneratedDataServer large =
        new GeneratedDataServer(TWO_CLASSES, new SplitSizes(images, 1, 1), 1)) {
      BatchClient client = client(List.of(large.address()), LONG, 1 << 24);
      assertEquals(large.images(Split.TRAIN), client.images("generated", Split.TRAIN, () -> false));
      assertEquals(requests, large.requests().size());
    }
  }

  @Test
  void severalBatchesAreAskedForBeforeTheyAreUsed() throws Exception {
    BatchClient client = client(LONG, 1 << 20);
    LoaderInfo loader = client.register(TRAINING, () -> false);
    try (BatchStream stream = client.stream(loader, 0, 100)) {
      next(stream);
      // The registration, the first and three more; the server sees these without any use of them.
      while (server.requests().size() < 5) {
        Thread.sleep(5);
      }
      assertTrue(stream.hasNext());
    }
  }

  @Test
  void waitsForADataServiceThatIsAway() throws Exception {
    BatchClient client = client(LONG, 1 << 20);
    LoaderInfo loader = client.register(TRAINING, () -> false);
    server.stop();
    try (BatchStream stream = client.stream(loader, 0, 3)) {
      assertEquals(Optional.empty(), stream.poll(Duration.ofMillis(300)));
      server.forgetLoaders();
      server.start();
      assertArrayEquals(expectedIndex(loader, 0), next(stream).index().longs());
    }
  }

  @Test
  void triesAgainAfterAServerError() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger(2);
    server.misbehave(
        path ->
            path.endsWith("batches/1") && failures.getAndDecrement() > 0
                ? Optional.of(new Answer(502, ByteBuffer.allocate(0)))
                : Optional.empty());
    BatchClient client = client(LONG, 1 << 20);
    LoaderInfo loader = client.register(TRAINING, () -> false);
    try (BatchStream stream = client.stream(loader, 0, 3)) {
      assertEquals(10, next(stream).images() + next(stream).images() + next(stream).images());
    }
  }

  @Test
  void givesUpRetriablyWhenPatienceEnds() {
    server.stop();
    MedtransException e =
        assertThrows(
            MedtransException.class,
            () -> client(Duration.ofMillis(200), 1 << 20).register(TRAINING, () -> false));
    assertEquals(ErrorCode.UNAVAILABLE, e.code());
    assertTrue(e.retriable());
    server.start();
  }

  @Test
  void givesUpAtOnceWhenToldToStop() {
    server.stop();
    MedtransException e =
        assertThrows(
            MedtransException.class, () -> client(LONG, 1 << 20).register(TRAINING, () -> true));
    assertTrue(e.retriable());
    server.start();
  }

  @Test
  void aRefusalKeepsItsCodeAndIsNotTriedAgain() throws InterruptedException {
    BatchClient client = client(LONG, 1 << 20);
    LoaderInfo loader = client.register(TRAINING, () -> false);
    server.misbehave(
        path -> Optional.of(Answer.problem(422, "IMAGE_UNREADABLE", "a.png: not an image")));
    try (BatchStream stream = client.stream(loader, 0, 1)) {
      MedtransException e = assertThrows(MedtransException.class, () -> next(stream));
      assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
      assertEquals("a.png: not an image", e.getMessage());
      assertFalse(e.retriable());
    }
    assertEquals(1, server.requests().stream().filter(p -> p.contains("batches")).count());
  }

  @Test
  void aDataSetThatIsGoneIsARefusal() throws InterruptedException {
    BatchClient client = client(LONG, 1 << 20);
    LoaderInfo loader = client.register(TRAINING, () -> false);
    server.misbehave(path -> Optional.of(Answer.problem(404, "NOT_FOUND", "no data set")));
    try (BatchStream stream = client.stream(loader, 0, 1)) {
      MedtransException e = assertThrows(MedtransException.class, () -> next(stream));
      assertEquals(ErrorCode.NOT_FOUND, e.code());
      assertFalse(e.retriable());
    }
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws InterruptedException {
    LoaderInfo loader = client(LONG, 1 << 20).register(TRAINING, () -> false);
    try (BatchStream stream = client(LONG, 100).stream(loader, 0, 1)) {
      MedtransException e = assertThrows(MedtransException.class, () -> next(stream));
      assertFalse(e.retriable());
      assertTrue(e.getMessage().contains("100 bytes"), e.getMessage());
    }
  }

  @Test
  void bytesThatAreNotSafetensorsAreRefused() throws InterruptedException {
    BatchClient client = client(LONG, 1 << 20);
    LoaderInfo loader = client.register(TRAINING, () -> false);
    server.misbehave(path -> Optional.of(new Answer(200, ByteBuffer.allocate(40))));
    try (BatchStream stream = client.stream(loader, 0, 1)) {
      MedtransException e = assertThrows(MedtransException.class, () -> next(stream));
      assertTrue(e.getMessage().contains("safetensors"), e.getMessage());
    }
  }

  @Test
  void replicasTakeTurns() throws InterruptedException {
    try (GeneratedDataServer second = replica()) {
      BatchClient client = client(List.of(server.address(), second.address()), LONG, 1 << 20);
      LoaderInfo loader = client.register(TRAINING, () -> false);
      try (BatchStream stream = client.stream(loader, 0, 20)) {
        for (int position = 0; position < 20; position++) {
          assertArrayEquals(expectedIndex(loader, position), next(stream).index().longs());
        }
      }
      assertEquals(10, batchesOf(server));
      // Its own registry knew nothing of the loader, so the first was asked for twice.
      assertEquals(11, batchesOf(second));
    }
  }

  @Test
  void aReplicaThatDiesIsMissedByNobody() throws InterruptedException {
    try (GeneratedDataServer second = replica()) {
      BatchClient client = client(List.of(server.address(), second.address()), LONG, 1 << 20);
      LoaderInfo loader = client.register(TRAINING, () -> false);
      long start = System.nanoTime();
      try (BatchStream stream = client.stream(loader, 0, 60)) {
        for (int position = 0; position < 60; position++) {
          if (position == 10) {
            server.stop();
          }
          assertArrayEquals(expectedIndex(loader, position), next(stream).index().longs());
        }
      }
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
      server.start();
    }
  }

  @Test
  void aReplicaThatAnswersWithAnErrorIsPassedOver() throws InterruptedException {
    try (GeneratedDataServer second = replica()) {
      BatchClient client = client(List.of(server.address(), second.address()), LONG, 1 << 20);
      LoaderInfo loader = client.register(TRAINING, () -> false);
      server.misbehave(path -> Optional.of(Answer.problem(503, "UNAVAILABLE", "busy")));
      try (BatchStream stream = client.stream(loader, 0, 3)) {
        assertEquals(10, next(stream).images() + next(stream).images() + next(stream).images());
      }
      assertTrue(batchesOf(server) <= 3);
    }
  }

  private static GeneratedDataServer replica() {
    return new GeneratedDataServer(TWO_CLASSES, new SplitSizes(10, 4, 4), 2);
  }

  private static long batchesOf(GeneratedDataServer server) {
    return server.requests().stream().filter(path -> path.contains("batches")).count();
  }

  /** The threads that fetch ahead have no trace of their own. */
  @Test
  void everyRequestIsPartOfTheTraceOfTheThreadThatAsked() throws Exception {
    BatchClient client =
        new BatchClient(
            settings(List.of(server.address()), LONG, 1 << 20),
            () -> Map.of("traceparent", Thread.currentThread().getName()),
            loader -> Map.of());
    LoaderInfo loader = client.register(TRAINING, () -> false);
    try (BatchStream stream = client.stream(loader, 0, 3)) {
      while (stream.hasNext()) {
        next(stream);
      }
    }
    String asker = Thread.currentThread().getName();
    assertEquals(List.of(asker, asker, asker, asker), server.traceparents());
  }

  /** Told by the header that the server keeps. A request that is sent again shows anew. */
  @Test
  void everyRequestShowsAnewWhichLoaderItIsAbout() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    BatchClient client =
        new BatchClient(
            settings(List.of(server.address()), LONG, 1 << 20),
            Map::of,
            about ->
                Map.of("traceparent", asked.incrementAndGet() + " " + about.orElse("no loader")));
    LoaderInfo loader = client.register(TRAINING, () -> false);
    server.forgetLoaders();
    try (BatchStream stream = client.stream(loader, 0, 1)) {
      next(stream);
    }
    client.images("generated", Split.TEST, () -> false);
    String id = loader.id();
    assertEquals(
        List.of("1 no loader", "2 " + id, "3 no loader", "4 " + id, "5 no loader"),
        server.traceparents());
  }

  @Test
  void closingStopsTheRequestsInFlight() throws Exception {
    BatchClient client = client(LONG, 1 << 20);
    LoaderInfo loader = client.register(TRAINING, () -> false);
    server.stop();
    client.stream(loader, 0, 3).close();
    List<Thread> left = fetchers();
    for (Thread thread : left) {
      thread.join(LONG.toMillis());
    }
    assertEquals(List.of(), fetchers());
    server.start();
  }

  private BatchClient client(Duration patience, long maxBytes) {
    return client(List.of(server.address()), patience, maxBytes);
  }

  private static BatchClient client(List<URI> replicas, Duration patience, long maxBytes) {
    return new BatchClient(settings(replicas, patience, maxBytes));
  }

  private static BatchSettings settings(List<URI> replicas, Duration patience, long maxBytes) {
    return new BatchSettings(replicas, 3, 1 << 20, patience, Duration.ofSeconds(10), maxBytes);
  }

  private static Batch next(BatchStream stream) throws InterruptedException {
    return stream.poll(LONG).orElseThrow();
  }

  private long[] expectedIndex(LoaderInfo loader, int position) {
    int epoch = position / loader.batches();
    return server.batch(loader, epoch, position % loader.batches()).get("index").longs();
  }

  private static List<Thread> fetchers() {
    List<Thread> found = new ArrayList<>(Thread.getAllStackTraces().keySet());
    found.removeIf(thread -> !thread.getName().equals("batch-fetcher"));
    return found;
  }
}
