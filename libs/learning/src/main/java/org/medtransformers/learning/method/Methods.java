package org.medtransformers.learning.method;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.optimizer.Optimizer;

/** What {@code medtrans.method} of a run file means. */
public final class Methods {
  private Methods() {}

  /**
   * The method of a run.
   *
   * @param classCounts training images per class
   * @param updates of the whole training
   */
  public static Method of(
      RunConfig run, Optimizer optimizer, Task task, List<Integer> classCounts, long updates) {
    return switch (run.medtrans().method()) {
      case "supervised" -> new Supervised(Loss.of(run.medtrans(), task, classCounts));
      case "dino" -> Dino.of(run, optimizer, updates);
      case "byol" -> Byol.of(run, updates);
      case "simsiam" -> SimSiam.of(run, optimizer);
      default -> throw unknown(run);
    };
  }

  /** What a run's method has on top of the backbone. */
  public static Head head(RunConfig run, DatasetDescription dataset) {
    RunConfig.Medtrans own = run.medtrans();
    return switch (own.method()) {
      case "supervised" -> new Head.Linear(dataset.outputs());
      case "dino" -> new Head.Dino(run.model().dino().projectionSize());
      case "byol" -> new Head.Projector(own.byol().projector(), own.byol().predictor());
      case "simsiam" -> new Head.Projector(own.simsiam().projector(), own.simsiam().predictor());
      default -> throw unknown(run);
    };
  }

  /** Rate of dropped paths in the last block of the transformer that learns. */
  public static double dropPath(RunConfig run) {
    return run.medtrans().method().equals("dino")
        ? run.medtrans().dino().dropPath()
        : run.model().transformer().dropPathRate();
  }

  private static MedtransException unknown(RunConfig run) {
    return MedtransException.of(
        ErrorCode.INVALID_REQUEST,
        "medtrans.method: found \"%s\", allowed are supervised, dino, byol, simsiam"
            .formatted(run.medtrans().method()));
  }
}
