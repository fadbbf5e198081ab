package org.medtransformers.trainer.loop;

import java.util.Optional;
import org.medtransformers.batches.BatchStream;

/** Where batches come from. The caller closes the streams. */
public interface Batches {
  /**
   * Training batches, the first one being that of iteration {@code from + 1} and the last one that
   * of iteration {@code to}.
   */
  BatchStream training(int from, int to);

  /** The whole training split once, as the validation sees images; empty where nobody asks it. */
  Optional<BatchStream> bank();

  /** The whole validation split once. */
  BatchStream validation();
}
