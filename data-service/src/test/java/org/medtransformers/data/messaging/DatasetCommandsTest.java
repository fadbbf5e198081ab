package org.medtransformers.data.messaging;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.DatasetEvent.PrepareCancelled;
import org.medtransformers.contracts.event.DatasetEvent.PrepareFailed;
import org.medtransformers.contracts.event.DatasetEvent.PrepareProgress;
import org.medtransformers.contracts.event.DatasetEvent.PrepareRequested;
import org.medtransformers.contracts.event.DatasetEvent.Prepared;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.RunUnknown;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.service.testing.EventWire;

@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class DatasetCommandsTest {
  LocalBroker broker;

  @Inject PreparedStore store;
  @Inject Preparer preparer;

  private EventWire wire;

  @BeforeEach
  void connect() {
    wire = new EventWire(broker.bootstrapServers(), Topics.DATASET_EVENTS);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    wire.close();
  }

  @Test
  void requestBecomesProgressAndAPreparedDataSetOnDisk() {
    send(Requests.prepare("round-trip", DataTestStack.DATA, 24));
    Prepared prepared = wire.await(Prepared.class, "round-trip");
    assertEquals(28, prepared.dataset().sizes().train());
    assertTrue(prepared.dataset().description().synthetic());
    PreparedSet set = PreparedSet.open(store.folder(prepared.dataset().id()));
    assertEquals(24, set.image(0).height());
    List<PrepareProgress> progress = wire.heard(PrepareProgress.class, "round-trip");
    assertEquals(40, progress.get(progress.size() - 1).done());
    assertEquals(40, progress.get(0).total());
  }

  @Test
  void secondRunFindsThePreparedSetOfTheFirst() {
    send(Requests.prepare("first", DataTestStack.DATA, 20));
    send(Requests.prepare("second", DataTestStack.DATA, 20));
    assertEquals(
        wire.await(Prepared.class, "first").dataset(),
        wire.await(Prepared.class, "second").dataset());
  }

  @Test
  void sameCommandTwiceHasOneEffect() {
    PrepareRequested request = Requests.prepare("twice", DataTestStack.DATA, 20);
    wire.send(Topics.DATASET_COMMANDS, "event-1", request);
    wire.send(Topics.DATASET_COMMANDS, "event-1", request);
    wire.send(Topics.DATASET_COMMANDS, "event-2", request);
    wire.await(Prepared.class, "twice");
    send(Requests.prepare("after-twice", DataTestStack.DATA, 20));
    wire.await(Prepared.class, "after-twice");
    assertEquals(1, wire.heard(Prepared.class, "twice").size());
  }

  @Test
  void whoAsksForARunIsToldItsEndAgainOrThatNothingIsKnownOfIt() {
    send(Requests.prepare("asked-for", DataTestStack.DATA, 20));
    Prepared prepared = wire.await(Prepared.class, "asked-for");
    wire.send(Topics.DATASET_COMMANDS, new RunInquired("asked-for", 0));
    wire.await(
        Prepared.class,
        "asked-for",
        again -> again.equals(prepared) && wire.heard(Prepared.class, "asked-for").size() == 2);
    wire.send(Topics.DATASET_COMMANDS, new RunInquired("nobody's", 0));
    assertEquals(Stage.PREPARE, wire.await(RunUnknown.class, "nobody's").stage());
    wire.send(Topics.DATASET_COMMANDS, new RunCancelRequested("unheard-of"));
    assertEquals(Stage.PREPARE, wire.await(RunUnknown.class, "unheard-of").stage());
  }

  @Test
  void pathsOutsideTheRootsAreRefused() throws IOException {
    Path link = DataTestStack.DATA.resolve("link-to-etc");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of("/etc"));
    for (String location :
        List.of("/etc", DataTestStack.DATA + "/../../..", "target/data", link.toString())) {
      String run = "outside-" + location;
      send(Requests.prepare(run, Path.of(location), 20));
      PrepareFailed failed = wire.await(PrepareFailed.class, run);
      assertEquals(ErrorCode.PATH_NOT_ALLOWED, failed.error().code(), failed.toString());
    }
  }

  @Test
  void linkedDataSetIsReadWhereItsTargetLiesBelowARoot() throws IOException {
    Path folder = Files.createDirectories(DataTestStack.DATA.resolve("linked"));
    Path link = folder.resolve("APTOS2019");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, DataTestStack.DATA.resolve("APTOS2019"));
    send(Requests.prepare("linked", folder, 20));
    wire.await(Prepared.class, "linked");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("/etc"));
    send(Requests.prepare("linked-out", folder, 20));
    PrepareFailed failed = wire.await(PrepareFailed.class, "linked-out");
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, failed.error().code(), failed.toString());
  }

  @Test
  void damagedImageFailsTheRunByNameAndNotTheNextOne() throws IOException {
    Path location = DataTestStack.DATA.resolve("damaged");
    FileUtils.deleteDirectory(location.toFile());
    new PhantomDataset(10, 32, 2).write(location);
    Path image = location.resolve("APTOS2019/train_images/phantom_00004.png");
    Files.write(image, new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    send(Requests.prepare("damaged", location, 20));
    PrepareFailed failed = wire.await(PrepareFailed.class, "damaged");
    assertEquals(ErrorCode.IMAGE_UNREADABLE, failed.error().code());
    assertTrue(failed.error().message().contains("phantom_00004.png"), failed.toString());
    send(Requests.prepare("after-damaged", DataTestStack.DATA, 20));
    wire.await(Prepared.class, "after-damaged");
  }

  @Test
  void damagedImageIsLeftOutAndToldWhereTheFileSaysSkip() throws IOException {
    Path location = DataTestStack.DATA.resolve("skipping");
    FileUtils.deleteDirectory(location.toFile());
    new PhantomDataset(40, 32, 2).write(location);
    Files.write(location.resolve("APTOS2019/train_images/phantom_00004.png"), new byte[3]);
    PrepareRequested strict = Requests.prepare("skipping", location, 20);
    ObjectNode options = (ObjectNode) Json.tree(strict.medtrans());
    send(
        new PrepareRequested(
            "skipping",
            strict.dataset(),
            Json.convert(options.put("on_bad_image", "skip"), RunConfig.Medtrans.class),
            false,
            null));
    PreparedDataset dataset = wire.await(Prepared.class, "skipping").dataset();
    assertEquals(1, dataset.skipped());
    SplitSizes sizes = dataset.sizes();
    assertEquals(39, sizes.train() + sizes.val() + sizes.test());
    assertTrue(dataset.warnings().get(0).contains("phantom_00004.png"), dataset.toString());
    given()
        .get("/api/v1/datasets/" + dataset.id())
        .then()
        .body("skipped.source", hasItem("train_images/phantom_00004.png"));
  }

  @Test
  void cancelledWhileAnotherPreparesTheSameSet() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    Future<?> preparing =
        other.submit(
            () ->
                preparer.prepare(
                    Requests.spec(DataTestStack.DATA, 28),
                    (done, total) -> {
                      begun.countDown();
                      awaitQuietly(mayEnd);
                    }));
    begun.await();
    send(Requests.prepare("cancelled", DataTestStack.DATA, 28));
    wire.await(PrepareProgress.class, "cancelled");
    wire.send(Topics.DATASET_COMMANDS, new RunCancelRequested("cancelled"));
    wire.await(PrepareCancelled.class, "cancelled");
    mayEnd.countDown();
    preparing.get();
    other.shutdown();
    assertTrue(wire.heard(Prepared.class, "cancelled").isEmpty());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void deletedSetIsPreparedAgainByTheNextRun() throws IOException {
    send(Requests.prepare("before-deletion", DataTestStack.DATA, 16));
    String id = wire.await(Prepared.class, "before-deletion").dataset().id();
    FileUtils.deleteDirectory(store.folder(id).toFile());
    assertFalse(store.find(id).isPresent());
    send(Requests.prepare("after-deletion", DataTestStack.DATA, 16));
    assertEquals(id, wire.await(Prepared.class, "after-deletion").dataset().id());
    assertTrue(store.find(id).isPresent());
  }

  private void send(PrepareRequested request) {
    wire.send(Topics.DATASET_COMMANDS, request);
  }
}
