package org.medtransformers.gateway.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.service.concurrent.Background;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.metric.Meters;

/**
 * Removes what nobody needs any more, by itself every minute and when it is asked to: run by run,
 * set by set. What the end of a run makes due goes then, since a stack may be stopped as soon as
 * its run has ended. Replicas may do so at a time.
 */
@Startup // its counters are there, at 0, before they count
@Singleton
public final class Cleaner {
  private static final Logger LOG = Logger.getLogger(Cleaner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EndedRuns runs;
  private final DeletedRuns orphans;
  private final PreparedSets sets;
  private final OldProgress progress;
  private final Database database;
  private final Meters meters;
  private final ScheduledExecutorService soon = Background.timer("cleaner");
  private final AtomicBoolean asked = new AtomicBoolean();

  /** What was last said to be in the way: it is said once, not every minute. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Cleaner(
      EndedRuns runs,
      DeletedRuns orphans,
      PreparedSets sets,
      OldProgress progress,
      Database database,
      Meters meters) {
    this.runs = runs;
    this.orphans = orphans;
    this.sets = sets;
    this.progress = progress;
    this.database = database;
    this.meters = meters;
    List.of(EndedRuns.KIND, DeletedRuns.KIND, PreparedSets.KIND)
        .forEach(kind -> meters.counter(Metric.CLEANED_BYTES, kind));
    List.of(EndedRuns.KIND, DeletedRuns.KIND, PreparedSets.KIND, OldProgress.KIND)
        .forEach(kind -> meters.counter(Metric.CLEANED, kind));
  }

  // Not at the start, so that whoever starts a gateway for a look at what would go still finds it.
  @Scheduled(
      every = "${medtrans.gateway.retention.every}", // GatewayConfig.Retention.every
      delayed = "${medtrans.gateway.retention.every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void step() {
    clean(false);
  }

  /** A run has ended, in the caller's transaction: removes what nobody needs for that, soon. */
  public void runEnded() {
    database.afterCommit(
        () -> {
          if (!soon.isShutdown() && asked.compareAndSet(false, true)) {
            soon.execute(Background.repeated(this::cleanRuns));
          }
        });
  }

  private void cleanRuns() {
    asked.set(false);
    Round round = new Round(false);
    done(runs.clean(round));
    tell(round);
  }

  /** What has been begun comes to its end, while there is a database. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    soon.shutdown();
    if (!soon.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("Checkpoints that nobody needs are removed by the next gateway");
    }
  }

  /**
   * Removes all that is due, but for what is in the way.
   *
   * @param dryRun whether to look only
   */
  public Cleanup clean(boolean dryRun) {
    Round round = new Round(dryRun);
    List<Cleanup.Item> items =
        List.of(runs.clean(round), orphans.clean(round), sets.clean(round), progress.clean(round));
    if (!dryRun) {
      items.forEach(this::done);
    }
    told.retainAll(round.failures());
    tell(round);
    return new Cleanup(dryRun, items, round.failures());
  }

  private void tell(Round round) {
    round.failures().stream()
        .filter(told::add)
        .forEach(failure -> LOG.warnf("Nobody needs it, and it cannot be removed: %s", failure));
  }

  private void done(Cleanup.Item item) {
    if (item.count() > 0) {
      LOG.infof("Removed what nobody needs any more: %s", item);
    }
    meters.counter(Metric.CLEANED, item.kind()).increment((double) item.count());
    if (item.bytes() != null) {
      meters.counter(Metric.CLEANED_BYTES, item.kind()).increment(item.bytes().doubleValue());
    }
  }
}
