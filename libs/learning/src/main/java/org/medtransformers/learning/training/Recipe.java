package org.medtransformers.learning.training;

import java.util.Optional;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.optimizer.Lars;

/**
 * What is learned, and what a training may do beyond the plain step.
 *
 * @param lars nothing where the optimizer steps by itself
 * @param layerDecay a layer learns by this factor more slowly than the one above it; 1 for all
 *     alike
 * @param emaDecay of the moving average of the weights that is evaluated in their place; 0 for
 *     none, as it must be where a teacher is one already
 * @param mixedPrecision multiply in 16 bits while training
 */
public record Recipe(
    Method method,
    Optional<Lars> lars,
    double layerDecay,
    double emaDecay,
    Accumulation accumulation,
    boolean mixedPrecision) {
  /** Labels, in plain steps. */
  public static final Recipe PLAIN =
      new Recipe(Supervised.PLAIN, Optional.empty(), 1, 0, Accumulation.NONE, false);

  public Recipe {
    if (emaDecay > 0 && !(method instanceof Supervised)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "medtrans.ema_decay: found %s, allowed is 0 with %s".formatted(emaDecay, method.label()));
    }
  }

  /** In float32. */
  public Recipe(
      Method method,
      Optional<Lars> lars,
      double layerDecay,
      double emaDecay,
      Accumulation accumulation) {
    this(method, lars, layerDecay, emaDecay, accumulation, false);
  }

  /** Whether the average of the weights is what counts. */
  boolean averages() {
    return emaDecay > 0;
  }
}
