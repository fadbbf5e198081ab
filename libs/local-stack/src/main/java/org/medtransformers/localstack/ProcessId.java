package org.medtransformers.localstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that is not mistaken for a later one with the same number.
 *
 * @param started as the system tells it; null where it does not
 */
public record ProcessId(long pid, Instant started) {
  // The system derives start times from the clock, which may have been corrected since.
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  static ProcessId of(ProcessHandle process) {
    return new ProcessId(process.pid(), process.info().startInstant().orElse(null));
  }

  /** The process, while it lives. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid).filter(Processes::runs).filter(this::startedThen);
  }

  private boolean startedThen(ProcessHandle process) {
    Optional<Instant> actual = process.info().startInstant();
    return started == null
        || actual.isEmpty()
        || Duration.between(started, actual.get()).abs().compareTo(TOLERANCE) < 0;
  }
}
