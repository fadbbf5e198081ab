package org.medtransformers.learning.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.Staging;
import org.medtransformers.learning.network.Batch;

/** Brings to the kernels what is new in every step: views, labels and random numbers. */
final class StepInputs {
  private final LearnerSpec spec;
  private final PtNDManager manager;
  private final List<Staging> stagings = new ArrayList<>();

  StepInputs(LearnerSpec spec, PtNDManager manager) {
    this.spec = spec;
    this.manager = manager;
  }

  /**
   * The first arguments of a step, valid until the next call. The caller closes them.
   *
   * @param iteration of the step, counted from 1
   */
  NDList of(Batch batch, long iteration) {
    List<Tensor> views = spec.method().taken(batch.views());
    NDList inputs = new NDList();
    for (int i = 0; i < views.size(); i++) {
      if (stagings.size() == i) {
        stagings.add(new Staging());
      }
      NDArray view = stagings.get(i).stage(manager, views.get(i));
      view.setName("views[]");
      inputs.add(view);
    }
    inputs.add(NDArrays.of(manager, batch.labels()));
    inputs.add(dropPathDraws(batch.size() * views.size(), iteration));
    return inputs;
  }

  /** One uniform number per residual branch and image, view by view. */
  private NDArray dropPathDraws(int images, long iteration) {
    int branches = spec.model().dropPathDraws();
    CounterRandom random = CounterRandom.of(spec.seed(), "drop path " + iteration);
    float[] draws = new float[branches * images];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = (float) random.uniform(i);
    }
    return manager.create(draws, new Shape(branches, images));
  }
}
