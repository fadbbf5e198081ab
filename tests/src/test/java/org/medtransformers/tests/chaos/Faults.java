package org.medtransformers.tests.chaos;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.tests.Records;
import org.medtransformers.tests.Suite;

/**
 * Does to a running suite what a {@link FaultPlan} says. What lasts is undone, whatever happens.
 */
final class Faults {
  /** At a time; the others wait for their turn. */
  private static final int THREADS = 4;

  /** Records that come again at a time. */
  private static final int MOST_DUPLICATES = 300;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final Attempt NOTHING = () -> {};

  private final Suite suite;
  private final ArtifactDisk disk;
  private final Consumer<String> log;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private final AtomicInteger missed = new AtomicInteger();

  /** Something that does not always work, as what it is done to may be away. */
  private interface Attempt {
    void run() throws Exception;
  }

  /**
   * @param disk that the runs lie on
   * @param log hears of the beginning and the end of each fault
   */
  Faults(Suite suite, ArtifactDisk disk, Consumer<String> log) {
    this.suite = suite;
    this.disk = disk;
    this.log = log;
  }

  /**
   * Returns when every fault has begun and ended.
   *
   * @return how many found nothing that they could hit
   */
  int inflict(FaultPlan plan) throws Exception {
    missed.set(0);
    ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Fault fault : plan.faults()) {
        Runnable work = () -> inflict(fault, plan.seed());
        all.add(threads.schedule(work, fault.begins().toMillis(), TimeUnit.MILLISECONDS));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    return missed.get();
  }

  /** What one fault holds no other hits meanwhile. */
  private void inflict(Fault fault, long seed) {
    synchronized (locks.computeIfAbsent(fault.target(), target -> new Object())) {
      log.accept("begins  " + fault);
      Attempt undo;
      try {
        undo = begin(fault, seed);
      } catch (Exception e) {
        missed.incrementAndGet();
        log.accept("misses  " + fault + ": " + e.getMessage());
        undo = NOTHING;
      }
      pause(fault.lasts());
      untilDone(undo);
      log.accept("is over " + fault);
    }
  }

  /**
   * @return what undoes it
   */
  private Attempt begin(Fault fault, long seed) throws Exception {
    return switch (fault.kind()) {
      case KILL -> {
        suite.kill(fault.target());
        yield NOTHING;
      }
      case TERMINATE -> {
        // At SIGTERM PostgreSQL waits for its clients, who stay; INT is its orderly end.
        suite.signal(fault.target().equals("postgres") ? "INT" : "TERM", fault.target());
        yield NOTHING;
      }
      case FREEZE -> frozen(suite.process(fault.target()).pid());
      case BROKER_AWAY -> away(fault.target());
      case READ_ONLY -> readOnly();
      case REFUSED -> refused(fault.target());
      case DISK_FULL -> {
        untilDone(disk::fill);
        yield disk::empty;
      }
      case DUPLICATES -> {
        repeat(seed + fault.begins().toMillis());
        yield NOTHING;
      }
    };
  }

  /** Nobody starts it again, nor anything else, before this is over. */
  private Attempt away(String part) throws IOException, InterruptedException {
    ProcessHandle process = suite.process(part);
    Attempt supervised = frozen(suite.state().supervisor().pid());
    process.destroy();
    return supervised;
  }

  private static Attempt frozen(long process) throws IOException, InterruptedException {
    Suite.signal("STOP", process);
    return () -> Suite.signal("CONT", process);
  }

  private Attempt readOnly() throws SQLException {
    Attempt undo =
        () ->
            administer(
                "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()");
    administer("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
    return undo;
  }

  private Attempt refused(String database) throws SQLException {
    administer(
        "ALTER DATABASE %s WITH ALLOW_CONNECTIONS false".formatted(database),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(database));
    return () -> administer("ALTER DATABASE %s WITH ALLOW_CONNECTIONS true".formatted(database));
  }

  private void administer(String... statements) throws SQLException {
    try (Connection connection = suite.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** As they were, headers and keys included. */
  private void repeat(long seed) throws Exception {
    List<ConsumerRecord<String, byte[]>> all =
        new ArrayList<>(
            Records.in(
                suite.broker(),
                Topics.all().stream().filter(topic -> !topic.endsWith(".dlq")).toList()));
    Collections.shuffle(all, new Random(seed));
    Records.send(
        suite.broker(),
        all.stream()
            .limit(MOST_DUPLICATES)
            .map(r -> new ProducerRecord<>(r.topic(), null, r.key(), r.value(), r.headers()))
            .toList());
  }

  /** The database may itself be away just then. */
  private void untilDone(Attempt undo) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        undo.run();
        return;
      } catch (Exception e) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("a fault cannot be undone", e);
        }
        pause(PAUSE);
      }
    }
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
