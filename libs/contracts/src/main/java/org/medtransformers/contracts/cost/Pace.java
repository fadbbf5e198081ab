package org.medtransformers.contracts.cost;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How fast batches went through a network. Up to three batches at the beginning are left out where
 * there are more: a network is slower while it is compiled and while memory is first asked for.
 *
 * @param images in the batches that count
 * @param seconds that they took, the wait for them included
 * @param waitedSeconds of these, for data
 */
public record Pace(long images, int batches, double seconds, double waitedSeconds) {
  /** Before the first batch. */
  public static final Pace NONE = new Pace(0, 0, 0, 0);

  /** Of the network, without the wait for data; NaN without a batch. */
  @JsonProperty
  public double imagesPerSecond() {
    return images / (seconds - waitedSeconds);
  }

  /** The share of the time spent waiting for data, 0 to 1; NaN without a batch. */
  @JsonProperty
  public double dataWaitShare() {
    return waitedSeconds / seconds;
  }

  /** Both together. */
  public Pace plus(Pace other) {
    return new Pace(
        images + other.images,
        batches + other.batches,
        seconds + other.seconds,
        waitedSeconds + other.waitedSeconds);
  }
}
