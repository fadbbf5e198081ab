package org.medtransformers.service.job;

import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.Backoff;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.service.concurrent.Background;
import org.medtransformers.service.concurrent.Fatal;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseWatch;
import org.medtransformers.service.event.Outbox;
import org.medtransformers.service.liveness.Heartbeat;
import org.medtransformers.service.liveness.Heartbeats;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.trace.Tracing;

/**
 * Works on jobs, a few at a time, each on its own thread from claim to end. One more thread renews
 * the leases and ends what was cancelled or given up while nobody held it. At shutdown no more jobs
 * are claimed, handlers are asked to stop, and what they held is given back; a process that is
 * killed instead loses its leases, and another instance goes on. While the disk is full none is
 * claimed. Where {@code medtrans.jobs.limit} is set, the process ends once that many jobs were
 * worked on.
 */
@Singleton
public final class JobRunner {
  private static final Logger LOG = Logger.getLogger(JobRunner.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final List<JobHandler> handlers;
  private final JobStore store;
  private final JobSettlement settlement;
  private final JobParking parking;
  private final JobSignal signal;
  private final Database database;
  private final DatabaseWatch watch;
  private final Outbox outbox;
  private final MedtransConfig.Jobs config;
  private final JobMetrics metrics;
  private final JobBudget budget;
  private final ProcessEnd processEnd;
  private final JobReadiness readiness;
  private final Tracing tracing;
  private final Heartbeats hearts;

  /** A container that was restarted has the host and the process number that it had before. */
  private final String owner =
      "%d@%s#%08x"
          .formatted(ProcessHandle.current().pid(), HostName.get(), new SecureRandom().nextInt());

  private final ClaimTurns turns = new ClaimTurns();
  private final Set<ActiveJob> active = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService timer = Background.timer("job-leases");
  private final AtomicInteger working = new AtomicInteger();
  private Heartbeat leaseHeart;
  private volatile boolean stopping;

  JobRunner(
      @All List<JobHandler> handlers,
      JobStore store,
      JobSettlement settlement,
      JobParking parking,
      JobSignal signal,
      Database database,
      DatabaseWatch watch,
      Outbox outbox,
      MedtransConfig config,
      ProcessEnd processEnd,
      @Readiness JobReadiness readiness,
      Meters meters,
      Tracing tracing,
      Heartbeats hearts) {
    this.handlers = handlers;
    this.store = store;
    this.settlement = settlement;
    this.parking = parking;
    this.signal = signal;
    this.database = database;
    this.watch = watch;
    this.outbox = outbox;
    this.config = config.jobs();
    this.budget = new JobBudget(config.jobs(), System::nanoTime);
    this.processEnd = processEnd;
    this.readiness = readiness;
    this.tracing = tracing;
    this.hearts = hearts;
    this.metrics = new JobMetrics(meters, handlers.stream().map(JobHandler::kind).toList());
  }

  void start(@Observes StartupEvent event) {
    if (handlers.isEmpty()) {
      return;
    }
    if (budget.limited()) {
      processEnd.orderlyWhenTerminated();
    }
    leaseHeart = hearts.start("leases of jobs");
    every(config.renewEvery(), this::renewLeases);
    every(config.pollEvery(), this::tidy);
    if (config.concurrency() > 0) {
      handlers.forEach(handler -> readiness.starting(handler.kind()));
    }
    working.set(config.concurrency());
    for (int i = 1; i <= config.concurrency(); i++) {
      Thread thread = Background.thread("job-" + i, this::work);
      threads.add(thread);
      thread.start();
    }
  }

  /** Gives back what is held, waiting for the handlers to get to where they can. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (handlers.isEmpty()) {
      return;
    }
    stopping = true;
    active.forEach(ActiveJob::stop);
    threads.forEach(thread -> signal.raise());
    long deadline = System.nanoTime() + config.stopPatience().toNanos();
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
    }
    timer.shutdownNow();
    leaseHeart.close();
  }

  private void work() {
    try (Heartbeat heart = hearts.start(Thread.currentThread().getName())) {
      heart.rest();
      for (JobHandler handler : handlers) {
        warmUp(handler);
      }
      while (mayClaim()) {
        heart.beat();
        if (workOnOne(heart)) {
          budget.used();
        } else {
          budget.giveBack();
          heart.rest();
          signal.await(config.pollEvery());
        }
      }
      heart.rest();
      if (!stopping && working.decrementAndGet() == 0) {
        processEnd.onceEventsAreSent(config.stopPatience());
      }
    } catch (InterruptedException e) {
      LOG.debug("Interrupted while waiting for work");
    }
  }

  /** Waits for room on the disk; then, whether this process is to look for one more job. */
  private boolean mayClaim() throws InterruptedException {
    while (!stopping && parking.reason().isPresent()) {
      signal.await(config.pollEvery());
    }
    return !stopping && budget.take();
  }

  /** Returns when {@code handler} is ready: who cannot do a job must not take it from others. */
  private void warmUp(JobHandler handler) throws InterruptedException {
    Backoff pauses = new Backoff(config.backoff(), LONGEST_PAUSE);
    for (int failures = 1; !stopping; failures++) {
      try {
        handler.warmUp();
        readiness.ready(handler.kind());
        return;
      } catch (Exception | LinkageError e) {
        readiness.notReady(handler.kind(), e);
        LOG.errorf(e, "Takes no %s jobs", handler.kind());
        if (budget.limited()) {
          processEnd.asFailure();
        }
      }
      signal.await(pauses.after(failures));
    }
  }

  /** Claims and does one job of any kind; false if there is none. */
  private boolean workOnOne(Heartbeat heart) {
    try {
      reclaimLapsed();
      heart.beat();
      for (JobHandler handler : handlers) {
        Optional<ActiveJob> job = turns.take(heart, () -> claim(handler));
        if (job.isPresent()) {
          // From now on the renewals of the lease tell that it lives, for as long as it takes.
          heart.rest();
          run(handler, job.get());
          return true;
        }
      }
    } catch (RuntimeException e) {
      LOG.warnf("Cannot look for work: %s", e.getMessage());
    }
    return false;
  }

  private Optional<ActiveJob> claim(JobHandler handler) {
    long now = System.nanoTime();
    return store
        .claim(handler.kind(), owner, config.lease(), parking.misfits())
        .map(job -> activate(job, now));
  }

  private ActiveJob activate(Job job, long claimedAt) {
    return new ActiveJob(
        job, store, database, watch, outbox, config.lease(), System::nanoTime, claimedAt);
  }

  private void run(JobHandler handler, ActiveJob job) {
    active.add(job);
    if (stopping) {
      job.stop();
    }
    LOG.infof("Attempt %d of %s %s", job.job().attempt(), handler.kind(), job.job().runId());
    try {
      metrics.attempt(handler.kind(), () -> traced(handler, job));
    } catch (LeaseLostException e) {
      metrics.leaseLost(handler.kind());
      LOG.warnf("Stopped: %s", e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "The end of %s could not be noted; its lease lapses", job.job().runId());
    } finally {
      active.remove(job);
    }
  }

  private void traced(JobHandler handler, ActiveJob job) {
    tracing.within(
        handler.kind(),
        SpanKind.INTERNAL,
        job.job().traceparent(),
        () -> {
          tracing.about(job.job().runId());
          attempt(handler, job);
          return null;
        });
  }

  private void attempt(JobHandler handler, ActiveJob job) {
    Outcome outcome;
    try {
      parking.goesOn(job, handler);
      outcome = handler.run(job);
    } catch (LeaseLostException e) {
      throw e;
    } catch (Throwable e) {
      try {
        failed(handler, job, e);
      } finally {
        if (Fatal.isFatal(e)) {
          processEnd.atOnce(e);
        }
      }
      return;
    }
    settlement.returned(job, outcome);
    metrics.ended(handler.kind(), outcome);
  }

  private void failed(JobHandler handler, ActiveJob job, Throwable e) {
    LOG.warnf(e, "Attempt %d of %s failed", job.job().attempt(), job.job().runId());
    if (settlement.threw(job, handler, e)) {
      tracing.failed(e);
      metrics.failed(handler.kind(), MedtransException.describe(e).code());
    } else {
      metrics.ended(handler.kind(), Outcome.released());
    }
  }

  private void renewLeases() {
    leaseHeart.beat();
    for (ActiveJob job : active) {
      renew(job);
      leaseHeart.beat(); // a database that is away may let each of them wait
    }
  }

  /**
   * After a database that was away for longer than a lease: what is at work here is neither dead
   * nor for another thread of this process. Where it cannot be said so, nothing else is said
   * either.
   */
  private void reclaimLapsed() {
    active.stream().filter(ActiveJob::leaseLost).forEach(this::prolong);
  }

  /**
   * One that cannot be renewed, such as one whose row is locked, must not cost the others theirs.
   */
  private void renew(ActiveJob job) {
    try {
      prolong(job);
    } catch (RuntimeException e) {
      LOG.warnf("Cannot renew the lease of %s: %s", job.job().runId(), e.getMessage());
    }
  }

  private void prolong(ActiveJob job) {
    if (job.renew()) {
      metrics.renewed(job.job().kind());
    }
  }

  private void tidy() {
    reclaimLapsed();
    store.noteDeaths(config.lease());
    for (JobHandler handler : handlers) {
      settlement.endUnheld(handler);
      parking.tell(handler);
      metrics.load(handler.kind(), store.load(handler.kind()), store.parked(handler.kind()));
    }
  }

  private void every(Duration period, Runnable task) {
    var unused =
        timer.scheduleWithFixedDelay(
            Background.repeated(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }
}
