package org.medtransformers.gateway.fakes;

import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.cost.InferenceCost;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.cost.Pace;
import org.medtransformers.contracts.cost.Resources;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Metrics;

/** What a trainer says, without training anything. */
public final class FakeTraining {
  private static final Machine MACHINE = new Machine("Fake 1", 2, 2, 16L, null, null);

  /** Of each training but those of a search. */
  static final TrainingCost COST =
      new TrainingCost(
          MACHINE,
          1,
          20,
          10,
          15,
          new Pace(80, 10, 5, 1),
          new Resources(1L << 30, null, 3600.0, null));

  static final InferenceCost INFERENCE =
      new InferenceCost(
          MACHINE, 5_000_000, 1_250_000_000, new Pace(30, 3, 2, 0.5), Resources.UNKNOWN);

  /** Model name of a training that goes on until it is cancelled; resumed, it comes to its end. */
  public static final String HOLD = "hold";

  /** Model name of a training whose end is only told to who asks for it. */
  public static final String LOST_RESULT = "lost-result";

  /** Model name of a training whose trainer never got its first command. */
  public static final String LOST_COMMAND = "lost-command";

  /** Model name of a training whose trainer never gets any command. */
  public static final String LOST_COMMANDS = "lost-commands";

  /** Model name of a training that goes on though it is cancelled. */
  public static final String DEAF = "deaf";

  /** Model name of a training that fails with seed 1, unless it is resumed. */
  public static final String FAIL = "fail";

  /**
   * Model name of a search for the learning rate: the kappa is 1 for a rate of 1 and 0.1 less for
   * each tenth of it; from 1 on the training diverges.
   */
  public static final String SEARCH = "search";

  /** What every training has to say of itself. */
  public static final String NOTICE = "system_params.use_GPU: no GPU was found";

  public static final PreparedDataset DATASET =
      new PreparedDataset(
          "0123abcd",
          new DatasetDescription(
              "APTOS2019",
              List.of("No DR", "Mild", "Moderate", "Severe", "Proliferative DR"),
              Task.MULTI_CLASS,
              3,
              List.of(0.415, 0.221, 0.073),
              List.of(0.275, 0.150, 0.081),
              TargetMetric.COHEN_KAPPA,
              true),
          new SplitSizes(70, 15, 15),
          2,
          new UsedSplit("seed-compatible", "0123456789abcdef".repeat(4), "data", "held out", null),
          0,
          List.of("APTOS2019: 2 groups leak"));

  private FakeTraining() {}

  static Metrics metrics(double kappa) {
    return new Metrics(
        15, 1.25, 0.7, 0.6, 0.5, 0.55, kappa, null, null, null, List.of(), List.of(List.of(15)));
  }

  static List<Event> answers(TrainingEvent.Requested c) {
    String run = c.runId();
    int attempt = attempt(c);
    int first = resumed(c) ? 6 : 1;
    Stream<Event> begun =
        Stream.of(
            new TrainingEvent.Started(run, attempt, "fake", "cpu", 2, first, 10, 20),
            new TrainingEvent.Noticed(run, attempt, NOTICE),
            progress(c, first + 4),
            new TrainingEvent.Checkpointed(run, attempt, first + 4, "checkpoints/5"));
    return Stream.concat(begun, end(c)).toList();
  }

  /** Of the only attempt that there is each time. */
  static int attempt(TrainingEvent.Requested c) {
    return c.order().resumedAfter() + 1;
  }

  private static boolean resumed(TrainingEvent.Requested c) {
    return c.order().resumedAfter() > 0;
  }

  private static Stream<Event> end(TrainingEvent.Requested c) {
    String run = c.runId();
    return switch (c.config().training().modelName().replace("_lr_finder", "")) {
      case HOLD -> resumed(c) ? completed(c) : Stream.of();
      case DEAF -> Stream.of();
      case FAIL ->
          c.seed() == 1 && !resumed(c)
              ? Stream.of(new TrainingEvent.Failed(run, 1, broken()))
              : completed(c);
      case SEARCH -> tried(run, learningRate(c));
      default -> completed(c);
    };
  }

  private static double learningRate(TrainingEvent.Requested c) {
    return c.config().optimization().main().optimizer().params().path("lr").doubleValue();
  }

  private static Stream<Event> tried(String run, double rate) {
    Event end =
        rate < 1
            ? new TrainingEvent.Completed(
                run,
                1,
                20,
                20,
                "checkpoints/20",
                metrics(1 + Math.log10(rate) / 10),
                null,
                null,
                null)
            : new TrainingEvent.Failed(
                run, 1, new ErrorInfo(ErrorCode.TRAINING_DIVERGED, "iteration 3: the loss is NaN"));
    return Stream.of(end);
  }

  private static Stream<Event> completed(TrainingEvent.Requested c) {
    String run = c.runId();
    int attempt = attempt(c);
    boolean labels = c.config().medtrans().supervised();
    return Stream.of(
        new TrainingEvent.Validated(run, attempt, 1.0, 10, metrics(0.4), true, null),
        progress(c, 20),
        new TrainingEvent.Validated(run, attempt, 2.0, 20, metrics(0.45), true, null),
        new TrainingEvent.Completed(
            run,
            attempt,
            20,
            20,
            "checkpoints/best",
            metrics(0.45),
            labels ? metrics(0.35) : null,
            labels ? null : metrics(0.3),
            List.of(COST)));
  }

  private static Event progress(TrainingEvent.Requested c, int iteration) {
    return new TrainingEvent.Progress(
        c.runId(),
        attempt(c),
        iteration / 10.0,
        iteration,
        20,
        1.5,
        1e-3,
        0.9,
        120.0,
        3.5,
        0.05,
        null);
  }

  private static ErrorInfo broken() {
    return new ErrorInfo(ErrorCode.IMAGE_UNREADABLE, "train_images/a.png: not an image");
  }
}
