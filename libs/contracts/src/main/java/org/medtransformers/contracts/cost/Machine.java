package org.medtransformers.contracts.cost;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kind of machine that speed, memory and energy are of; numbers of different ones are never put
 * together. Two machines that are alike in all of this count as one.
 *
 * @param processor its model, as the system names it
 * @param cores logical processors that the process may use
 * @param threads that an operation is computed with
 * @param memoryGib of the machine, rounded; null where the system does not tell
 * @param gpu model of the one that was used; null where the processor computed
 * @param gpuMemoryGib rounded; null likewise
 */
public record Machine(
    String processor, int cores, int threads, Long memoryGib, String gpu, Long gpuMemoryGib) {

  /** {@code NVIDIA H200 (140 GiB); AMD EPYC 9654, 16 cores, 16 threads, 126 GiB}. */
  @Override
  public String toString() {
    String host =
        Stream.of(
                processor,
                cores + (cores == 1 ? " core" : " cores"),
                threads + (threads == 1 ? " thread" : " threads"),
                memoryGib == null ? "" : memoryGib + " GiB")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    return gpu == null ? host : "%s (%d GiB); %s".formatted(gpu, gpuMemoryGib, host);
  }
}
