package org.medtransformers.learning.training;

import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;

/** What a batch must be for a learner to learn from it. */
final class BatchRules {
  private BatchRules() {}

  /** Throws {@link MedtransException} before anything is changed. */
  static void check(LearnerSpec spec, Batch batch) {
    ModelSpec model = spec.model();
    for (Tensor view : batch.views()) {
      model.requireImages(view);
      requireManyValues(spec, view.shape());
    }
    spec.method().requireViews(batch.views());
    if (spec.method() instanceof Supervised) {
      batch.requireLabelsFor(model.outputs());
    }
  }

  private static void requireManyValues(LearnerSpec spec, List<Long> shape) {
    if (spec.model().residual()
        && !spec.freezeBackbone()
        && shape.get(0) == 1
        && Math.max(shape.get(2), shape.get(3)) <= ModelSpec.RESNET_STRIDE) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "a training batch of one image of %d × %d pixels leaves batch norm one value per channel"
              .formatted(shape.get(2), shape.get(3)));
    }
  }
}
