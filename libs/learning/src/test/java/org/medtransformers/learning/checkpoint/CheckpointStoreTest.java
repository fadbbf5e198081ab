package org.medtransformers.learning.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class CheckpointStoreTest {
  @TempDir private Path root;
  private CheckpointStore store;

  @BeforeEach
  void open() {
    store = new CheckpointStore(root.resolve("checkpoints"), 2);
  }

  @Test
  void aRunWithoutCheckpointsHasNoLatest() throws IOException {
    assertEquals(Optional.empty(), store.latest());
    assertEquals(Optional.empty(), store.best());
  }

  @Test
  void theNewestOfAnAttemptIsLatest() throws IOException {
    save(1, 10);
    save(1, 9);
    assertEquals(10, store.latest().orElseThrow().iteration());
    assertEquals(10, store.latest().orElseThrow().progress().get("epoch").asInt());
  }

  @Test
  void aStaleAttemptsLaterCheckpointNeverWins() throws IOException {
    save(2, 10);
    save(1, 999);
    assertEquals(2, store.latest().orElseThrow().attempt());
  }

  @Test
  void anotherRunsNewestAndBestAreAdopted() throws IOException {
    CheckpointStore own = new CheckpointStore(root.resolve("own"), 1);
    store.save(1, 5, progress(5), true, content("best"));
    save(1, 8);
    store.save(2, 10, progress(10), false, content("newest"));

    own.adopt(store);
    own.adopt(store);

    assertEquals(List.of(10L, 5L), own.list().stream().map(Checkpoint::iteration).toList());
    assertEquals(5, own.best().orElseThrow().iteration());
    Checkpoint latest = own.latest().orElseThrow();
    assertEquals(0, latest.attempt());
    assertEquals(progress(10), latest.progress());
  }

  @Test
  void anAdoptionThatWasBrokenOffIsCompleted() throws IOException {
    CheckpointStore own = new CheckpointStore(root.resolve("own"), 1);
    store.save(1, 5, progress(5), true, content("best"));
    save(1, 10);
    own.save(0, 5, progress(5), true, content("best"));

    own.adopt(store);

    assertEquals(10, own.latest().orElseThrow().iteration());
  }

  @Test
  void whoHasGotFurtherAdoptsNothing() throws IOException {
    CheckpointStore own = new CheckpointStore(root.resolve("own"), 3);
    save(1, 10);
    own.save(1, 11, progress(11), false, content("own"));

    own.adopt(store);

    assertEquals(List.of(11L), own.list().stream().map(Checkpoint::iteration).toList());
  }

  @Test
  void aDamagedCheckpointIsNotAdopted() throws IOException {
    Checkpoint damaged = save(1, 10);
    Files.writeString(damaged.folder().resolve("model"), "damaged");
    CheckpointStore own = new CheckpointStore(root.resolve("own"), 1);

    MedtransException e = assertThrows(MedtransException.class, () -> own.adopt(store));

    assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, e.code());
    assertEquals(Optional.empty(), own.latest());
  }

  @Test
  void theBestOnesAreKeptUntilOthersTakeTheirPlaces() throws IOException {
    publish(1, List.of(1L));
    publish(2, List.of(2L, 1L));
    publish(3, List.of(2L, 3L));
    publish(4, List.of(2L, 3L));
    publish(5, List.of(2L, 3L));
    assertEquals(List.of(5L, 4L, 3L, 2L), iterations(store.list()));
    assertEquals(List.of(2L, 3L), iterations(store.allMarkedBest()));
    publish(6, List.of(6L, 2L));
    assertEquals(List.of(6L, 5L, 2L), iterations(store.list()));
    assertEquals(6, store.best().orElseThrow().iteration());

    CheckpointStore own = new CheckpointStore(root.resolve("own"), 1);
    save(1, 7);
    own.adopt(store);
    assertEquals(List.of(6L, 2L), iterations(own.allMarkedBest()));
    assertEquals(List.of(7L, 6L, 2L), iterations(own.list()));
  }

  private void publish(int iteration, List<Long> best) throws IOException {
    store.publish(store.write(1, iteration, progress(iteration), content("model")), best);
  }

  private static List<Long> iterations(List<Checkpoint> checkpoints) {
    return checkpoints.stream().map(Checkpoint::iteration).toList();
  }

  /** Persian has digits of its own, which would sort and read otherwise. */
  @Test
  void foldersHaveTheSameNamesInEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("fa-IR"));
      assertEquals(
          "attempt-00001-iteration-000000000023", save(1, 23).folder().getFileName().toString());
    } finally {
      Locale.setDefault(before);
    }
  }

  /** As stores of before wrote it. */
  @Test
  void oneMarkedBestIsRead() throws IOException {
    Checkpoint first = save(1, 1);
    Files.writeString(
        root.resolve("checkpoints/best.json"),
        "{\"checkpoint\": \"" + first.folder().getFileName() + "\"}");
    assertEquals(List.of(1L), iterations(store.allMarkedBest()));
  }

  @Test
  void onlyTheLastAndTheBestAreKept() throws IOException {
    save(1, 1);
    store.save(1, 2, progress(2), true, content("best"));
    save(1, 3);
    save(1, 4);
    save(1, 5);
    assertEquals(List.of(5L, 4L, 2L), store.list().stream().map(Checkpoint::iteration).toList());
    assertEquals(2, store.best().orElseThrow().iteration());
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    save(1, 1);
    Path newest = save(1, 2).folder().resolve("model");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[0] ^= 1;
    Files.write(newest, bytes);
    assertEquals(1, store.latest().orElseThrow().iteration());
  }

  @Test
  void onlyAnIntactCheckpointIsVerified() throws IOException {
    Path folder = save(1, 1).folder();
    CheckpointStore.verify(folder);
    Files.writeString(folder.resolve("model"), "weights 2");
    MedtransException e =
        assertThrows(MedtransException.class, () -> CheckpointStore.verify(folder));
    assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, e.code());
    assertTrue(e.getMessage().contains("model has SHA-256"), e.getMessage());
  }

  @Test
  void oneFileIsVerifiedWithoutTheOthers() throws IOException {
    Path folder =
        store
            .save(
                1,
                1,
                progress(1),
                false,
                made -> {
                  Files.writeString(made.resolve("model"), "weights");
                  Files.writeString(made.resolve("optimizer"), "moments");
                })
            .folder();
    Files.writeString(folder.resolve("optimizer"), "damaged");
    CheckpointStore.verify(folder, "model");
    assertThrows(MedtransException.class, () -> CheckpointStore.verify(folder, "optimizer"));
    Files.writeString(folder.resolve("stray"), "of nobody");
    assertThrows(MedtransException.class, () -> CheckpointStore.verify(folder, "stray"));
  }

  @Test
  void aMissingFileIsPassedOver() throws IOException {
    save(1, 1);
    Files.delete(save(1, 2).folder().resolve("model"));
    assertEquals(1, store.latest().orElseThrow().iteration());
  }

  @Test
  void aCutOffManifestIsPassedOver() throws IOException {
    save(1, 1);
    Files.writeString(save(1, 2).folder().resolve("manifest.json"), "{\"attempt\":");
    assertEquals(1, store.latest().orElseThrow().iteration());
  }

  @Test
  void aFailedWriteLeavesNothingThatCounts() throws IOException {
    save(1, 1);
    assertThrows(
        IOException.class,
        () ->
            store.save(
                1,
                2,
                progress(2),
                true,
                folder -> {
                  Files.writeString(folder.resolve("model"), "half");
                  throw new IOException("no space left");
                }));
    assertEquals(1, store.latest().orElseThrow().iteration());
    assertNothingHalfWritten();
    assertEquals(Optional.empty(), store.best());
    save(2, 3);
    assertNothingHalfWritten();
  }

  private void assertNothingHalfWritten() throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("checkpoints"))) {
      assertFalse(entries.anyMatch(p -> p.getFileName().toString().startsWith(".")));
    }
  }

  @Test
  void theSameIterationCanBeSavedAgain() throws IOException {
    save(1, 1);
    store.save(1, 1, progress(1), false, content("again"));
    assertEquals("again", Files.readString(store.latest().orElseThrow().folder().resolve("model")));
  }

  /** As a caller does who was not told that it had been published. */
  @Test
  void aDraftCanBePublishedAgain() throws IOException {
    CheckpointStore.Draft draft = store.write(1, 1, progress(1), content("once"));
    Checkpoint published = store.publish(draft, List.of());
    assertEquals(published, store.publish(draft, List.of(published.iteration())));
    assertEquals(published, store.best().orElseThrow());
    assertEquals("once", Files.readString(published.folder().resolve("model")));
  }

  private Checkpoint save(int attempt, long iteration) throws IOException {
    return store.save(
        attempt, iteration, progress(iteration), false, content("weights " + iteration));
  }

  private static JsonNode progress(long epoch) {
    return Json.parse("{\"epoch\":" + epoch + "}");
  }

  private static CheckpointStore.Content content(String text) {
    return folder -> Files.writeString(folder.resolve("model"), text);
  }
}
