package org.medtransformers.learning.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * An object of a TorchScript class.
 *
 * @param type the class's name below {@code __torch__}
 * @param attributes by name: {@link String}, {@link Boolean}, {@link Double}, {@link Integer},
 *     {@link Parameter}, {@link Tensor} (a buffer), {@link ScriptModule}, and lists and maps of
 *     them
 */
public record ScriptModule(String type, Map<String, Object> attributes) {
  /** A tensor that learns. */
  public record Parameter(Tensor tensor) {}

  public ScriptModule {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
