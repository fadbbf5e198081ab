package org.medtransformers.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What a measurement of steps prints, with the fields of a peer's.
 *
 * @param peer who was measured
 * @param size side of the images in pixels
 * @param bf16 whether a step multiplies in bfloat16
 * @param channelsLast whether convolutions see the channels last
 * @param median milliseconds per step
 * @param min milliseconds of the fastest step
 * @param peakRssMib largest resident memory of this process, in MiB
 */
record StepTimes(
    String peer,
    String model,
    int batch,
    int size,
    boolean bf16,
    @JsonProperty("channels_last") boolean channelsLast,
    @JsonProperty("ms_median") double median,
    @JsonProperty("ms_min") double min,
    @JsonProperty("peak_rss_mib") long peakRssMib) {
  private static final int WARM_UP = 2;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Milliseconds of each of {@code steps}, after two that are not measured. */
  static double[] of(int steps, Runnable step) {
    double[] times = new double[steps];
    for (int i = -WARM_UP; i < steps; i++) {
      long start = System.nanoTime();
      step.run();
      double milliseconds = (System.nanoTime() - start) / 1e6;
      if (i >= 0) {
        times[i] = milliseconds;
      }
    }
    return times;
  }

  /** Of single steps, in milliseconds. */
  static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return rounded(median);
  }

  static double min(double[] times) {
    return rounded(Arrays.stream(times).min().orElse(Double.NaN));
  }

  /** 0 where the system does not tell. */
  static long peakMemory() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rounded(double milliseconds) {
    return Math.round(milliseconds * 10) / 10.0;
  }
}
