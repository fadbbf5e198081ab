package org.medtransformers.imaging.split;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.medtransformers.contracts.config.RunConfig;

/**
 * How a split was made.
 *
 * @param kind as in the experiment file, or {@code official}
 * @param parameters by which, besides the images, it is decided; JSON values, ordered by name
 */
public record SplitScheme(String kind, Map<String, Object> parameters) {
  /** The split that a data set brings along. */
  public static final SplitScheme OFFICIAL = new SplitScheme("official", Map.of());

  private static final String SEED = "seed";
  private static final String TRAIN_FRACTION = "train_fraction";

  public SplitScheme {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** By which the split was drawn; of one that was not drawn, the seed that all others have. */
  long seed() {
    return parameters.get(SEED) instanceof Number seed ? seed.longValue() : RunConfig.Split.SEED;
  }

  /** The share of the training images that is left; null for all. */
  public Double trainFraction() {
    return (Double) parameters.get(TRAIN_FRACTION);
  }

  /** The same with only {@code fraction} of the training images, drawn by {@link #seed()}. */
  SplitScheme withTrainFraction(double fraction) {
    Map<String, Object> more = new TreeMap<>(parameters);
    more.put(TRAIN_FRACTION, fraction);
    more.put(SEED, seed());
    return new SplitScheme(kind, more);
  }
}
