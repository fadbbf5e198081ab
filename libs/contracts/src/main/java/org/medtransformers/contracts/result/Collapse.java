package org.medtransformers.contracts.result;

/**
 * What tells of a training without labels whether it has collapsed to a constant, on one batch.
 *
 * @param teacherEntropy mean entropy in nats of DINO's teacher over its outputs: towards 0 where
 *     one output has it all, towards log(outputs) where all are alike; null with other methods
 * @param embeddingStd standard deviation over the batch of the features of l2-normalised rows, mean
 *     over the features: near 1/√features where they point everywhere, 0 where all are the same.
 *     The rows are the teacher's embeddings (DINO), the target's projections (BYOL), the
 *     projections (SimSiam)
 * @param suspected whether it looks so, see {@link #of}
 */
public record Collapse(Double teacherEntropy, double embeddingStd, boolean suspected) {
  /** Of 1/√features: where two rows have a cosine similarity of 0.99 on the average. */
  private static final double ALIKE = 0.1;

  /** Of log(outputs). */
  private static final double UNIFORM = 0.99;

  /**
   * A training looks collapsed where {@code embeddingStd} is below a tenth of 1/√features (Chen
   * &amp; He, 2020, section 4.1), or the teacher {@linkplain #uniform tells nothing apart}.
   *
   * @param teacherEntropy null where the method has none
   * @param features length of a row
   * @param outputs of the teacher
   */
  public static Collapse of(Double teacherEntropy, double embeddingStd, int features, int outputs) {
    boolean alike = embeddingStd < ALIKE / Math.sqrt(features);
    return new Collapse(teacherEntropy, embeddingStd, alike || uniform(teacherEntropy, outputs));
  }

  /**
   * Whether DINO's teacher says almost the same of every output, whatever the image: its entropy is
   * above 99 % of log(outputs) (Caron et al., 2021, section 5.3).
   */
  public boolean uniform(int outputs) {
    return uniform(teacherEntropy, outputs);
  }

  private static boolean uniform(Double teacherEntropy, int outputs) {
    return teacherEntropy != null && teacherEntropy > UNIFORM * Math.log(outputs);
  }
}
