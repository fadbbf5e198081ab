package org.medtransformers.trainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

@Timeout(20)
class CheckpointWriterTest {
  /** Copies that are held. */
  private final List<String> held = new ArrayList<>();

  private final List<String> written = new ArrayList<>();
  private final CountDownLatch disk = new CountDownLatch(1);
  private final CheckpointWriter<String> writer = new CheckpointWriter<>(held::remove);

  private String copy(String content) {
    held.add(content);
    assertEquals(1, held.size(), "one copy at a time");
    return content;
  }

  private void writeSlowly(String content) {
    try {
      disk.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    written.add(content);
  }

  private static void fail(String content) {
    throw MedtransException.of(ErrorCode.DISK_FULL, "no space left for " + content);
  }

  @Test
  void trainingGoesOnWhileACheckpointIsWritten() {
    writer.begin(() -> copy("first"), this::writeSlowly);
    assertTrue(writer.writing());
    assertEquals(List.of(), written);
    disk.countDown();
    writer.await();
    assertFalse(writer.writing());
    assertEquals(List.of("first"), written);
    assertEquals(List.of(), held);
  }

  @Test
  void theNextIsCopiedWhenTheOneBeforeIsWritten() {
    writer.begin(() -> copy("first"), this::writeSlowly);
    disk.countDown();
    writer.begin(() -> copy("second"), this::writeSlowly);
    writer.close();
    assertEquals(List.of("first", "second"), written);
    assertEquals(List.of(), held);
  }

  @Test
  void libtorchIsLeftToTheThreadOfTheTraining() {
    AtomicReference<Thread> copied = new AtomicReference<>();
    AtomicReference<Thread> wrote = new AtomicReference<>();
    AtomicReference<Thread> released = new AtomicReference<>();
    try (CheckpointWriter<Thread> own =
        new CheckpointWriter<>(copy -> released.set(Thread.currentThread()))) {
      own.begin(
          () -> {
            copied.set(Thread.currentThread());
            return copied.get();
          },
          copy -> wrote.set(Thread.currentThread()));
    }
    assertSame(Thread.currentThread(), copied.get());
    assertNotSame(Thread.currentThread(), wrote.get());
    assertSame(Thread.currentThread(), released.get());
  }

  @Test
  void aFailureIsToldOnceAndHoldsNothing() throws InterruptedException {
    writer.begin(() -> copy("first"), CheckpointWriterTest::fail);
    MedtransException e =
        assertThrows(
            MedtransException.class,
            () -> {
              while (writer.writing()) {
                Thread.sleep(1);
              }
            });
    assertEquals(ErrorCode.DISK_FULL, e.code());
    assertEquals(List.of(), held);
    writer.close();
  }

  @Test
  void whatHasEndedTheTrainingIsNotMasked() {
    MedtransException diverged = MedtransException.of(ErrorCode.TRAINING_DIVERGED, "NaN");
    MedtransException thrown =
        assertThrows(
            MedtransException.class,
            () -> {
              try (writer) {
                writer.begin(() -> copy("first"), CheckpointWriterTest::fail);
                throw diverged;
              }
            });
    assertSame(diverged, thrown);
    assertEquals(1, thrown.getSuppressed().length);
    assertEquals(List.of(), held);
  }
}
