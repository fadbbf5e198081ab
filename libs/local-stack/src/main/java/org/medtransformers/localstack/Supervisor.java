package org.medtransformers.localstack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.medtransformers.localstack.StackState.Phase;

/**
 * Starts a stack and keeps it running until it is told to stop or its owner is gone. Broker and
 * database come first; then all services at once. A part that dies or hangs later is started again;
 * one that dies repeatedly before the stack was ever ready, or never gets ready, ends the attempt.
 */
final class Supervisor {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final int DEATHS_BEFORE_READY = 3;

  private final StackLayout layout;
  private final StackFiles files;
  private final LongSupplier nanoTime;
  private final List<Watched> backends;
  private final List<Watched> services;
  private final Instant startedAt = Instant.now();
  private final long begunAt;
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private Phase phase = Phase.STARTING;
  private StackState written;

  Supervisor(StackLayout layout, LongSupplier nanoTime) {
    this.layout = layout;
    this.files = StackFiles.of(layout.home());
    this.nanoTime = nanoTime;
    Parts parts = new Parts(layout);
    this.backends = parts.backends().stream().map(this::watched).toList();
    this.services = parts.services().stream().map(this::watched).toList();
    this.begunAt = nanoTime.getAsLong();
  }

  private Watched watched(Supervised part) {
    return new Watched(part, START_PATIENCE, layout.patience());
  }

  /** Makes {@link #run()} stop everything and return. */
  void requestStop() {
    stopRequested.countDown();
  }

  /** Runs the stack; returns when it has stopped. */
  void run() throws InterruptedException {
    publish(null);
    Leftovers.stop(layout.home());
    String failure = null;
    while (failure == null && !stopIsDue()) {
      lookAtAll();
      publish(null);
      failure = failure();
    }
    phase = Phase.STOPPING;
    publish(null);
    stopAll();
    if (failure == null) {
      files.deleteState();
    } else {
      phase = Phase.FAILED;
      publish(failure);
    }
  }

  private boolean stopIsDue() throws InterruptedException {
    boolean orphaned = layout.owner() != null && layout.owner().find().isEmpty();
    return orphaned || stopRequested.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookAtAll() {
    backends.forEach(part -> part.look(nanoTime.getAsLong()));
    if (phase == Phase.READY || backends.stream().allMatch(Watched::ready)) {
      services.forEach(part -> part.look(nanoTime.getAsLong()));
    }
    if (phase == Phase.STARTING && all().allMatch(Watched::ready)) {
      phase = Phase.READY;
    }
    all().forEach(part -> LogFiles.rotate(part.part().log()));
  }

  /** Why the start is given up; null while there is hope. */
  private String failure() {
    if (phase != Phase.STARTING) {
      return null;
    }
    boolean late = nanoTime.getAsLong() - begunAt > START_PATIENCE.toNanos();
    return all()
        .filter(part -> part.restarts() >= DEATHS_BEFORE_READY || (late && !part.ready()))
        .findFirst()
        .map(
            part ->
                "%s does not get ready; the end of its log %s:%n%s"
                    .formatted(
                        part.part().name(), part.part().log(), LogFiles.tail(part.part().log())))
        .orElse(null);
  }

  private void stopAll() {
    List<Watched> lastFirst = new ArrayList<>(all().toList());
    Collections.reverse(lastFirst);
    lastFirst.forEach(Watched::stop);
  }

  private void publish(String failure) {
    StackState state =
        new StackState(
            phase,
            ProcessId.of(ProcessHandle.current()),
            startedAt,
            layout.owner() != null,
            "127.0.0.1:" + layout.brokerPort(),
            all().map(Watched::state).toList(),
            failure);
    if (!state.equals(written)) {
      files.writeState(state);
      written = state;
    }
  }

  private Stream<Watched> all() {
    return Stream.concat(backends.stream(), services.stream());
  }
}
