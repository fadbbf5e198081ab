package org.medtransformers.learning.method;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Task;
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
      case SUPERVISED -> new Supervised(Loss.of(run.medtrans(), task, classCounts));
      case DINO -> Dino.of(run, optimizer, updates);
      case BYOL -> Byol.of(run, updates);
      case SIMSIAM -> SimSiam.of(run, optimizer);
    };
  }

  /** What a run's method has on top of the backbone. */
  public static Head head(RunConfig run, DatasetDescription dataset) {
    RunConfig.Medtrans own = run.medtrans();
    return switch (own.method()) {
      case SUPERVISED -> new Head.Linear(dataset.outputs());
      case DINO -> new Head.Dino(run.model().dino().projectionSize());
      case BYOL -> new Head.Projector(own.byol().projector(), own.byol().predictor());
      case SIMSIAM -> new Head.Projector(own.simsiam().projector(), own.simsiam().predictor());
    };
  }

  /** Rate of dropped paths in the last block of the transformer that learns. */
  public static double dropPath(RunConfig run) {
    return run.medtrans().method() == TrainingMethod.DINO
        ? run.medtrans().dino().dropPath()
        : run.model().transformer().dropPathRate();
  }
}
