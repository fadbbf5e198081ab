package org.medtransformers.trainer.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.plots.tensorboard.EventFile;
import org.medtransformers.trainer.loop.TrainingState;

class TensorBoardTest {
  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();

  @Test
  void aFileThatCanNoLongerBeWrittenEndsAndNothingElse() throws IOException {
    EventFile events = EventFile.create(folder, "1", 1, Clock.systemUTC());
    TensorBoard board = new TensorBoard(events, notices::add);
    events.close();
    AtomicInteger asked = new AtomicInteger();
    TensorBoard.Entry entry =
        file -> {
          asked.incrementAndGet();
          file.scalar("a", 1, 2);
        };
    board.write(entry);
    board.write(entry);
    assertEquals(1, asked.get());
    assertEquals(1, notices.size());
    assertTrue(notices.get(0).contains(events.path() + " is not complete"), notices.get(0));
    board.close();
  }

  @Test
  void aPictureThatNobodyDrawsIsLeftOut() throws Exception {
    try (TensorBoard board =
        new TensorBoard(EventFile.create(folder, "1", 1, Clock.systemUTC()), notices::add)) {
      board.samples(
          TrainingState.START,
          () -> {
            throw MedtransException.of(ErrorCode.INVALID_REQUEST, "too large");
          });
    }
    try (var files = Files.list(folder)) {
      String text = Files.readString(files.findFirst().orElseThrow(), ISO_8859_1);
      assertFalse(text.contains("samples"));
    }
    assertEquals(
        List.of(
            "training_params.use_tensorboard: no picture of augmented training images: too large"),
        notices);
  }
}
