package org.medtransformers.learning;

import java.util.Optional;
import org.medtransformers.learning.optimizer.Lars;

/**
 * What a training may do beyond the plain step.
 *
 * @param lars nothing where the optimizer steps by itself
 * @param layerDecay a layer learns by this factor more slowly than the one above it; 1 for all
 *     alike
 * @param emaDecay of the moving average of the weights that is evaluated in their place; 0 for none
 * @param mixedPrecision multiply in 16 bits while training
 */
public record Recipe(
    Loss loss,
    Optional<Lars> lars,
    double layerDecay,
    double emaDecay,
    Accumulation accumulation,
    boolean mixedPrecision) {
  /** Nothing. */
  public static final Recipe PLAIN =
      new Recipe(Loss.PLAIN, Optional.empty(), 1, 0, Accumulation.NONE, false);

  /** In float32. */
  public Recipe(
      Loss loss,
      Optional<Lars> lars,
      double layerDecay,
      double emaDecay,
      Accumulation accumulation) {
    this(loss, lars, layerDecay, emaDecay, accumulation, false);
  }

  /** Whether the average of the weights is what counts. */
  boolean averages() {
    return emaDecay > 0;
  }
}
