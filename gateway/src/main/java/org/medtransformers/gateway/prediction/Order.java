package org.medtransformers.gateway.prediction;

import java.util.Locale;

/** In which predictions are shown. */
public enum Order {
  /** The most wrong first: by the loss of the image. */
  WRONG,
  /** The other way round. */
  RIGHT,
  /** Of the split. */
  ROW;

  /** The order called {@code key}, which is one. */
  public static Order of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
