package org.medtransformers.trainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.files.DiskRoom;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.job.Job;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.service.job.JobState;

@Timeout(20)
class PatientDiskTest {
  private static final Path FOLDER = Path.of("/");
  private static final long BYTES = 100;

  private final List<TrainingEvent.Waiting> told = new ArrayList<>();
  private final Context context = new Context();
  private int writes;

  @Test
  void whatFitsToTheByteIsWrittenAtOnceAndNothingIsTold() {
    disk(BYTES).untilTaken(context, FOLDER, BYTES, () -> writes++);
    assertEquals(1, writes);
    assertEquals(List.of(), told);
  }

  @Test
  void whatDoesNotFitByAByteIsNotBegunUntilItDoes() {
    long[] usable = {BYTES - 1};
    context.looks = look -> usable[0] = look >= 3 ? BYTES : BYTES - 1;
    PatientDisk disk =
        new PatientDisk(new DiskRoom(List.of(FOLDER), folder -> usable[0]), config());
    disk.untilTaken(context, FOLDER, BYTES, () -> writes++);
    assertEquals(1, writes);
    assertTold("waits for disk to write a checkpoint: 0 MiB free below /, 1 MiB needed");
  }

  @Test
  void aWriteThatFindsTheDiskFullIsTriedAgainAndToldOfOnce() {
    disk(BYTES)
        .untilTaken(
            context,
            FOLDER,
            BYTES,
            () -> {
              writes++;
              if (writes < 4) {
                throw MedtransException.of(ErrorCode.DISK_FULL, "no room for try " + writes);
              }
            });
    assertEquals(4, writes);
    assertTold("waits for disk to write a checkpoint: no room for try 1");
  }

  @Test
  void anyOtherFailureIsOne() {
    MedtransException failure = MedtransException.of(ErrorCode.IO_FAILED, "Stale file handle");
    assertSame(
        failure,
        assertThrows(
            MedtransException.class,
            () ->
                disk(BYTES)
                    .untilTaken(
                        context,
                        FOLDER,
                        BYTES,
                        () -> {
                          throw failure;
                        })));
    assertEquals(List.of(), told);
  }

  @Test
  void whoMustStopDoesNotWait() {
    context.looks = look -> context.stop = look == 5;
    MedtransException full =
        assertThrows(
            MedtransException.class,
            () -> disk(BYTES - 1).untilTaken(context, FOLDER, BYTES, () -> writes++));
    assertEquals(ErrorCode.DISK_FULL, full.code());
    assertEquals(0, writes);
    assertEquals(1, told.size());
  }

  private void assertTold(String reason) {
    assertEquals(2, told.size(), told::toString);
    assertEquals(reason, told.get(0).reason());
    assertNull(told.get(1).reason());
    assertTrue(told.stream().allMatch(waiting -> waiting.attempt() == 7));
  }

  private static PatientDisk disk(long usable) {
    return new PatientDisk(new DiskRoom(List.of(FOLDER), folder -> usable), config());
  }

  private static MedtransConfig config() {
    return new SmallRyeConfigBuilder()
        .withMapping(MedtransConfig.class)
        .withDefaultValue("medtrans.home", "/")
        .withDefaultValue("medtrans.disk.retry-every", "10MS")
        .withConverter(Duration.class, 100, new DurationConverter())
        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
        .build()
        .getConfigMapping(MedtransConfig.class);
  }

  /** Attempt 7 at a job, whose events are heard here. */
  private final class Context implements JobContext {
    /** Happens with each look at whether to stop, which are counted from 1. */
    private IntConsumer looks = look -> {};

    private boolean stop;
    private int count;

    @Override
    public Job job() {
      return new Job(
          "run", "train", "{}", JobState.RUNNING, "me", 7, 1, 5, 0, null, false, null, null);
    }

    @Override
    public void reached(String how) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean cancelled() {
      count++;
      looks.accept(count);
      return stop;
    }

    @Override
    public boolean stopping() {
      return false;
    }

    @Override
    public boolean leaseLost() {
      return false;
    }

    @Override
    public void inTransaction(Runnable work) {
      work.run();
    }

    @Override
    public void emit(Event... events) {
      for (Event event : events) {
        told.add((TrainingEvent.Waiting) event);
      }
    }

    @Override
    public void progressed() {}
  }
}
