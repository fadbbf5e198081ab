package org.medtransformers.learning;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What tells of a self-supervised training whether it has collapsed, on one batch.
 *
 * @param teacherEntropy mean entropy in nats of DINO's teacher over its outputs: towards 0 where
 *     one output has it all, towards log(outputs) where all are alike
 * @param embeddingStd standard deviation over the batch of the features of l2-normalised rows, mean
 *     over the features: near 1/√features in a healthy training, 0 in a collapsed one. The rows are
 *     the teacher's embeddings (DINO), the target's projections (BYOL), the projections (SimSiam)
 */
public record Collapse(OptionalDouble teacherEntropy, double embeddingStd) {
  /** As kernels tell it: NaN is what the method has not. */
  static Optional<Collapse> of(double teacherEntropy, double embeddingStd) {
    if (Double.isNaN(embeddingStd)) {
      return Optional.empty();
    }
    return Optional.of(
        new Collapse(
            Double.isNaN(teacherEntropy)
                ? OptionalDouble.empty()
                : OptionalDouble.of(teacherEntropy),
            embeddingStd));
  }
}
