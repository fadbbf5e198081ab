package org.medtransformers.gateway.retention;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.service.metric.Meters;

/**
 * Removes what nobody needs any more, by itself every minute and when it is asked to: run by run,
 * set by set. Replicas may do so at a time.
 */
@Startup // its counters are there, at 0, before they count
@Singleton
public final class Cleaner {
  private static final Logger LOG = Logger.getLogger(Cleaner.class);

  private final EndedRuns runs;
  private final PreparedSets sets;
  private final OldProgress progress;
  private final Meters meters;

  Cleaner(EndedRuns runs, PreparedSets sets, OldProgress progress, Meters meters) {
    this.runs = runs;
    this.sets = sets;
    this.progress = progress;
    this.meters = meters;
    List.of(EndedRuns.KIND, PreparedSets.KIND)
        .forEach(kind -> meters.counter(Metric.CLEANED_BYTES, kind));
    List.of(EndedRuns.KIND, PreparedSets.KIND, OldProgress.KIND)
        .forEach(kind -> meters.counter(Metric.CLEANED, kind));
  }

  // Not at the start, so that whoever starts a gateway for a look at what would go still finds it.
  @Scheduled(
      every = "${medtrans.gateway.retention.every}", // GatewayConfig.Retention.every
      delayed = "${medtrans.gateway.retention.every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void step() {
    Cleanup removed = clean(false);
    removed.items().stream()
        .filter(item -> item.count() > 0)
        .forEach(item -> LOG.infof("Removed what nobody needs any more: %s", item));
  }

  /**
   * Removes all that is due.
   *
   * @param dryRun whether to look only
   */
  public Cleanup clean(boolean dryRun) {
    Cleanup cleanup =
        new Cleanup(
            dryRun, List.of(runs.clean(dryRun), sets.clean(dryRun), progress.clean(dryRun)));
    if (!dryRun) {
      cleanup.items().forEach(this::count);
    }
    return cleanup;
  }

  private void count(Cleanup.Item item) {
    meters.counter(Metric.CLEANED, item.kind()).increment((double) item.count());
    if (item.bytes() != null) {
      meters.counter(Metric.CLEANED_BYTES, item.kind()).increment(item.bytes().doubleValue());
    }
  }
}
