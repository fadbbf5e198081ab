package org.medtransformers.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.command.Samples;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;

class ProgressTest {
  private final StringWriter out = new StringWriter();
  private long now = Long.MAX_VALUE; // it overflows

  private static RunView training(int iteration) {
    return Samples.run(
        "resnet18", 0, RunState.TRAINING, Samples.progress(iteration, 1.0 / iteration));
  }

  @Test
  void aRunIsOneLineWithAllThatIsKnown() {
    assertEquals(
        "TRAINING  epoch 2.0  iteration 20/100  loss 0.0500  212 images/s  1:24 left  2% data wait",
        RunLine.status(training(20)));
    assertEquals(
        "PREPARING  waiting for a data service",
        RunLine.status(
            Samples.run(
                "resnet18",
                0,
                RunState.PREPARING,
                RunProgress.waiting("waiting for a data service"))));
    assertEquals(
        "FAILED  DISK_FULL: no space left",
        RunLine.status(Samples.failed("resnet18", 0, ErrorCode.DISK_FULL, "no space left\non /")));
    assertEquals("APTOS2019 resnet18 random #1", RunLine.label(training(1)));
  }

  @Test
  void aTrainingWithoutLabelsTellsWhetherItHasCollapsed() {
    assertEquals(
        "TRAINING  loss 0.5000  val 0.2500  entropy 1.23  spread 0.0450",
        RunLine.status(training(new Collapse(1.234, 0.045, false))));
    assertEquals(
        "TRAINING  loss 0.5000  val 0.2500  spread 0.0004 (collapsed?)",
        RunLine.status(training(new Collapse(null, 0.0004, true))));
  }

  private static RunView training(Collapse collapse) {
    RunProgress progress =
        new RunProgress(1, null, null, null, 0.5, 0.25, null, null, null, collapse, null);
    return Samples.run("resnet18", 0, RunState.TRAINING, progress);
  }

  @Test
  void preparingCountsImages() {
    RunProgress progress =
        new RunProgress(1, null, 120, 600, null, null, 80.0, 6.0, null, null, "decoding");
    assertEquals(
        "PREPARING  image 120/600  80 images/s  0:06 left  decoding",
        RunLine.status(Samples.run("resnet18", 0, RunState.PREPARING, progress)));
  }

  @Test
  void whatAFileSaysCannotDrawOnTheScreen() {
    RunProgress progress = RunProgress.waiting("a\u001b[2Jb\nc");
    assertEquals(
        "QUEUED  a [2Jb c", RunLine.status(Samples.run("resnet18", 0, RunState.QUEUED, progress)));
  }

  @Test
  void plainProgressShowsEveryStateAndNumbersOnlyNowAndThen() {
    PlainProgress progress = new PlainProgress(new PrintWriter(out), () -> now);
    progress.show(Samples.experiment(Samples.run("resnet18", 0, RunState.QUEUED, null)));
    for (int i = 1; i <= 60; i++) {
      progress.show(Samples.experiment(training(i)));
      now += Duration.ofSeconds(1).toNanos();
    }
    progress.show(Samples.experiment(Samples.succeeded("resnet18", 0, 0.5)));
    List<String> lines = out.toString().lines().toList();
    assertEquals(1 + 12 + 1, lines.size(), out::toString);
    assertEquals("[0:00] APTOS2019 resnet18 random #1  QUEUED", lines.get(0));
    assertEquals("[1:00] APTOS2019 resnet18 random #1  SUCCEEDED", lines.get(13));
  }

  @Test
  void plainProgressIsSilentWhileNothingChanges() {
    PlainProgress progress = new PlainProgress(new PrintWriter(out), () -> now);
    for (int i = 0; i < 60; i++) {
      progress.show(Samples.experiment(training(1)));
      now += Duration.ofSeconds(1).toNanos();
    }
    assertEquals(1, out.toString().lines().count());
  }

  @Test
  void aTerminalHoldsEveryRunOnceAndMessagesAbove() {
    TerminalProgress progress = new TerminalProgress(new PrintWriter(out), () -> now);
    RunView waiting = Samples.run("deit_tiny", 0, RunState.QUEUED, null);
    progress.show(Samples.experiment(training(1), waiting));
    progress.say("Cancelling");
    now += Duration.ofSeconds(90).toNanos();
    progress.show(Samples.experiment(Samples.succeeded("resnet18", 0, 0.5), waiting));
    progress.end();
    assertEquals(
        List.of(
            "Cancelling",
            "sample: 1 of 2 runs ended, 1:30",
            "  APTOS2019 resnet18 random #1   SUCCEEDED",
            "  APTOS2019 deit_tiny random #1  QUEUED",
            ""),
        Screen.after(out.toString()));
  }

  @Test
  void aLargeExperimentStaysLowerThanATerminal() {
    TerminalProgress progress = new TerminalProgress(new PrintWriter(out), () -> now);
    RunView[] runs =
        IntStream.range(0, 200)
            .mapToObj(
                i -> Samples.run("resnet18", i, i < 40 ? RunState.TRAINING : RunState.QUEUED, null))
            .toArray(RunView[]::new);
    progress.show(Samples.experiment(runs));
    progress.show(Samples.experiment(runs));
    List<String> screen = Screen.after(out.toString());
    assertTrue(screen.size() < 24, () -> screen.size() + " lines");
    assertEquals("sample: 0 of 200 runs ended, 0:00", screen.get(0));
  }

  @Test
  void timesReadAsOnAClock() {
    assertEquals("0:00", Durations.clock(Duration.ofMillis(900)));
    assertEquals("12:05", Durations.clock(Duration.ofSeconds(725)));
    assertEquals("3:00:09", Durations.clock(Duration.ofSeconds(10_809)));
    assertEquals("0:00", Durations.clock(Duration.ofSeconds(-3)));
  }
}
