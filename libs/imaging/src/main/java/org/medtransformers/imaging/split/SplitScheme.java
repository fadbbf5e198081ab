package org.medtransformers.imaging.split;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a split was made.
 *
 * @param kind as in the experiment file, or {@code official}
 * @param parameters by which, besides the images, it is decided; JSON values, ordered by name
 */
public record SplitScheme(String kind, Map<String, Object> parameters) {
  /** The split that a data set brings along. */
  public static final SplitScheme OFFICIAL = new SplitScheme("official", Map.of());

  public SplitScheme {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
