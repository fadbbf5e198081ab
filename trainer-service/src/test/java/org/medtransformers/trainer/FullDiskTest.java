package org.medtransformers.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;

/** A disk without room costs a training time, and nothing else. */
@QuarkusTest
class FullDiskTest extends TrainerScenario {
  private static final String SECOND_EPOCH = "/epochs/1/batches/1";

  @Inject TestDisk disk;

  @AfterEach
  void makeRoom() {
    disk.makeRoom();
  }

  @Test
  void aTrainingThatCannotBeSavedWaitsForRoomAndEndsAsOneUndisturbed() throws IOException {
    TrainingEvent.Completed undisturbed = train(runId);

    String held = UUID.randomUUID().toString();
    fillInSecondEpoch(held);
    TrainingEvent.Waiting waiting = wire.await(TrainingEvent.Waiting.class, held);
    assertTrue(
        waiting.reason().startsWith("waits for disk to write a checkpoint: 0 MiB free below "),
        waiting.reason());

    disk.makeRoom();
    TrainingEvent.Completed completed = wire.await(TrainingEvent.Completed.class, held);
    List<TrainingEvent.Waiting> told = wire.heard(TrainingEvent.Waiting.class, held);
    assertEquals(2, told.size(), "once each: " + told);
    assertNull(told.get(1).reason());
    assertEquals(List.of(1), starts(held), "one attempt");
    assertEquals(undisturbed.metrics(), completed.metrics());
    assertEquals(saved(runId, 12, "model"), saved(held, 12, "model"));
    assertEquals(saved(runId, 12, "optimizer"), saved(held, 12, "optimizer"));
  }

  @Test
  void aTrainingThatWaitsForRoomIsCancelledAllTheSame() {
    fillInSecondEpoch(runId);
    wire.await(TrainingEvent.Waiting.class, runId);
    wire.send(Topics.TRAINING_COMMANDS, new RunCancelRequested(runId));
    TrainingEvent.Cancelled cancelled = wire.await(TrainingEvent.Cancelled.class, runId);
    assertEquals(3, cancelled.iteration(), "what was saved before");
  }

  @Test
  void aRunThatIsAskedForWhileThereIsNoRoomBeginsWhenThereIs() {
    disk.fill();
    request(runId);
    TrainingEvent.Waiting waiting = wire.await(TrainingEvent.Waiting.class, runId);
    assertEquals(0, waiting.attempt());
    assertEquals(List.of(), starts(runId));
    disk.makeRoom();
    assertEquals(1, wire.await(TrainingEvent.Completed.class, runId).attempt());
  }

  /** The first validation, after iteration 3, has been saved; nothing after it can be. */
  private void fillInSecondEpoch(String run) {
    hold(SECOND_EPOCH);
    request(run);
    wire.await(TrainingEvent.Checkpointed.class, run, e -> e.iteration() == 3);
    disk.fill();
    data.behave();
  }
}
