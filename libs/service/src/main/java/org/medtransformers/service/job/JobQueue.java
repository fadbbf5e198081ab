package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.trace.Tracing;

/** How a message handler or a REST resource asks for long work. Joins the caller's transaction. */
@Singleton
public final class JobQueue {
  private final JobStore store;
  private final Database database;
  private final JobSignal signal;
  private final Tracing tracing;
  private final int maxAttempts;

  JobQueue(
      JobStore store, Database database, JobSignal signal, Tracing tracing, MedtransConfig config) {
    this.store = store;
    this.database = database;
    this.signal = signal;
    this.tracing = tracing;
    this.maxAttempts = config.jobs().maxAttempts();
  }

  /**
   * Queues a job. A run has one job of a kind, ever: a second call changes nothing, unless the run
   * is resumed.
   *
   * @param payload what the handler needs; becomes JSON
   * @param order when it has its turn; null where nobody has said. Where the run was resumed, the
   *     job begins anew wherever it stands, and whoever holds it has lost it
   * @return whether it is new, or begins anew
   */
  public boolean submit(String runId, String kind, Object payload, WorkOrder order) {
    boolean added =
        store.insert(
            runId,
            kind,
            Json.write(payload),
            maxAttempts,
            tracing.current(),
            Objects.requireNonNullElse(order, WorkOrder.NONE));
    wakeRunner();
    return added;
  }

  /**
   * Asks for a job to be cancelled. Its handler stops at the next safe point; one that waits ends
   * without being run.
   *
   * @return whether there is such a job that has not ended yet
   */
  public boolean requestCancel(String runId, String kind) {
    boolean found = store.requestCancel(runId, kind);
    wakeRunner();
    return found;
  }

  public Optional<Job> find(String runId, String kind) {
    return store.find(runId, kind);
  }

  /** Lets a job that has ended be done again. */
  void reopen(Job job) {
    store.reopen(job);
    wakeRunner();
  }

  private void wakeRunner() {
    if (database.inActiveTransaction()) {
      database.afterCommit(signal::raise);
    } else {
      signal.raise();
    }
  }
}
