package org.medtransformers.service.event;

import io.micrometer.core.instrument.Counter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.concurrent.Background;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.liveness.Heartbeat;
import org.medtransformers.service.liveness.Heartbeats;
import org.medtransformers.service.metric.Meters;

/**
 * Sends what is in the outbox, oldest first, and deletes it once the broker has it. Of several
 * replicas one sends at a time (an advisory lock), since two could swap the order. A broker that is
 * away only delays events: they stay in the table and keep their ids, so that what was sent but not
 * deleted is recognised by its receivers.
 */
@Singleton
final class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  /** What a job writes while it stops is sent too. */
  private static final int AFTER_OTHERS = ObserverMethod.DEFAULT_PRIORITY + 100;

  private final OutboxTable table;
  private final EventProducer producer;
  private final OutboxSignal signal;
  private final Heartbeats hearts;
  private final Duration pollEvery;
  private final Counter sent;
  private final Counter dropped;
  private final Thread thread = Background.thread("outbox-relay", this::relay);
  private volatile boolean stopping;

  OutboxRelay(
      DataSource dataSource,
      OutboxSignal signal,
      MedtransConfig config,
      Meters meters,
      Heartbeats hearts,
      @Identifier("default-kafka-broker") Map<String, Object> broker) {
    this.table = new OutboxTable(dataSource, config.outbox().batch());
    this.producer = new EventProducer(broker);
    this.signal = signal;
    this.hearts = hearts;
    this.pollEvery = config.outbox().pollEvery();
    this.sent = meters.counter(Metric.EVENTS_SENT);
    this.dropped = meters.counter(Metric.EVENTS_DROPPED);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  /** Sends what is left, within ten seconds at most. */
  void stop(@Observes @Priority(AFTER_OTHERS) ShutdownEvent event) throws InterruptedException {
    stopping = true;
    signal.raise();
    TimeUnit.MILLISECONDS.timedJoin(thread, STOP_PATIENCE.toMillis());
    thread.interrupt();
    TimeUnit.MILLISECONDS.timedJoin(thread, STOP_PATIENCE.toMillis());
  }

  private void relay() {
    try (producer;
        Heartbeat heart = hearts.start("outbox relay")) {
      while (!stopping) {
        heart.beat();
        if (!sendBatch()) {
          heart.rest();
          signal.await(pollEvery);
        }
      }
      boolean more = true;
      while (more) {
        more = sendBatch();
      }
    } catch (InterruptedException e) {
      LOG.debug("Interrupted while waiting for the broker; what is left is sent after a restart");
    }
  }

  /** Sends one batch; true when there may be more to send at once. */
  private boolean sendBatch() {
    try {
      return table.send(this::send) > 0;
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("Events wait in the outbox: %s", e);
      return false;
    }
  }

  /** An event that no broker would ever take must not hold up all that come after it. */
  private void send(List<ProducerRecord<String, byte[]>> records) {
    List<ProducerRecord<String, byte[]>> tooLarge = producer.send(records);
    sent.increment(records.size() - tooLarge.size());
    for (ProducerRecord<String, byte[]> refused : tooLarge) {
      dropped.increment();
      LOG.errorf(
          "Dropped an event for %s about %s: its %d bytes are more than a broker takes",
          refused.topic(), refused.key(), refused.value().length);
    }
  }
}
