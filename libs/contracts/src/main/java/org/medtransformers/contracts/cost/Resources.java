package org.medtransformers.contracts.cost;

import java.util.function.BinaryOperator;

/**
 * Memory and energy, as far as the machine tells; what it does not tell is null, never 0.
 *
 * @param peakMemory bytes of the process that were resident at most
 * @param peakDeviceMemory bytes of the GPU that the process held at most
 * @param processorJoules of all processor packages of the machine, whatever else ran on them
 * @param deviceJoules of the whole GPU, likewise
 */
public record Resources(
    Long peakMemory, Long peakDeviceMemory, Double processorJoules, Double deviceJoules) {
  /** Nothing is told. */
  public static final Resources UNKNOWN = new Resources(null, null, null, null);

  /** One after the other; what is unknown of either is unknown of both. */
  public Resources plus(Resources later) {
    return new Resources(
        both(peakMemory, later.peakMemory, Math::max),
        both(peakDeviceMemory, later.peakDeviceMemory, Math::max),
        both(processorJoules, later.processorJoules, Double::sum),
        both(deviceJoules, later.deviceJoules, Double::sum));
  }

  private static <T> T both(T first, T second, BinaryOperator<T> combine) {
    return first == null || second == null ? null : combine.apply(first, second);
  }
}
