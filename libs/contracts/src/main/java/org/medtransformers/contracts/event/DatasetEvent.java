package org.medtransformers.contracts.event;

import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.error.ErrorInfo;

/** Preparing: decode once, resize, write shards. */
public sealed interface DatasetEvent extends Event {
  String runId();

  @Override
  default String key() {
    return runId();
  }

  /**
   * @param acrossSplits whether images of one split are looked at as those of another are, too
   * @param order when it has its turn; null where the sender does not know
   */
  record PrepareRequested(
      String runId,
      RunConfig.DatasetParams dataset,
      RunConfig.Medtrans medtrans,
      boolean acrossSplits,
      WorkOrder order)
      implements DatasetEvent {}

  /** Images decoded so far, of all. */
  record PrepareProgress(String runId, int attempt, int done, int total) implements DatasetEvent {}

  /**
   * @param reason what the preparing waits for besides its turn; null where it waits no longer
   */
  record PrepareWaiting(String runId, int attempt, String reason) implements DatasetEvent {}

  record Prepared(String runId, int attempt, PreparedDataset dataset) implements DatasetEvent {}

  record PrepareFailed(String runId, int attempt, ErrorInfo error) implements DatasetEvent {}

  record PrepareCancelled(String runId, int attempt) implements DatasetEvent {}
}
