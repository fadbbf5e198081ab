package org.medtransformers.service.event;

import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.Backoff;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.EventTypes.EventType;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.TopicRights;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.concurrent.Fatal;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseWatch;
import org.medtransformers.service.database.Patience;
import org.medtransformers.service.liveness.Heartbeat;
import org.medtransformers.service.liveness.Heartbeats;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.trace.Tracing;

/**
 * The one way in for events. Call it from a blocking {@code @Incoming} method; when it returns, the
 * record may be acknowledged. The event's id and its effect are committed together, so an event
 * that comes twice has one effect. What cannot be handled goes to the dead-letter topic and the
 * next record has its turn; while database or broker are away or refuse, the record waits, and with
 * it those behind it: the channel's partitions are paused, and go on being this process's own. One
 * that processes died of again and again cannot be handled either ({@link Deliveries}).
 */
@Singleton
public final class EventReceiver {
  private static final Logger LOG = Logger.getLogger(EventReceiver.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final String REMEMBER =
      "INSERT INTO inbox (source, event_id) VALUES (?, ?) ON CONFLICT DO NOTHING";

  private final Database database;
  private final DatabaseWatch watch;
  private final DeadLetters deadLetters;
  private final Deliveries deliveries;
  private final int maxFailures;
  private final int maxDeaths;
  private final Backoff backoff;
  private final Meters meters;
  private final Tracing tracing;
  private final Heartbeats hearts;
  private volatile boolean stopping;

  EventReceiver(
      Database database,
      DatabaseWatch watch,
      DeadLetters deadLetters,
      Deliveries deliveries,
      MedtransConfig config,
      Meters meters,
      Tracing tracing,
      Heartbeats hearts) {
    this.database = database;
    this.watch = watch;
    this.deadLetters = deadLetters;
    this.deliveries = deliveries;
    this.maxFailures = config.inbox().maxFailures();
    this.maxDeaths = config.inbox().maxDeaths();
    this.backoff = new Backoff(config.inbox().backoff(), LONGEST_PAUSE);
    this.meters = meters;
    this.tracing = tracing;
    this.hearts = hearts;
  }

  /** Passes the event in {@code record} to {@code handler}, in a new transaction, once. */
  public Reception receive(ConsumerRecord<String, byte[]> record, EventHandler handler) {
    Reception reception =
        Fatal.guarded(
            () ->
                tracing.within(
                    "receive " + record.topic(),
                    SpanKind.CONSUMER,
                    CloudEvent.text(record.headers(), Tracing.TRACEPARENT),
                    () -> untilSettled(record, handler)));
    String outcome = reception.name().toLowerCase(Locale.ROOT);
    meters.counter(Metric.EVENTS_RECEIVED, record.topic(), outcome).increment();
    return reception;
  }

  private Reception untilSettled(ConsumerRecord<String, byte[]> record, EventHandler handler) {
    try (Patience patience = watch.patience(maxFailures);
        Heartbeat heart = hearts.start(position(record))) {
      for (int failures = 1; ; failures++) {
        heart.beat();
        try {
          return deliver(record, handler);
        } catch (RuntimeException e) {
          if (stopping && !isPoison(e)) {
            throw stopped(e);
          }
          if (isPoison(e) || (!isBusy(e) && patience.endsWith(e))) {
            return putAside(record, e, heart);
          }
          LOG.warnf(e, "Trying %s again (failure %d)", position(record), failures);
          pause(failures);
        }
      }
    }
  }

  private Reception deliver(ConsumerRecord<String, byte[]> record, EventHandler handler) {
    CloudEvent event = CloudEvent.of(record);
    Optional<EventType> type = EventTypes.named(event.type());
    if (type.isEmpty()) {
      return notUnderstood(event, record.topic());
    }
    requireSaidByWhoMay(event, type.get(), record.topic());
    int deaths = deliveries.take(record);
    try {
      if (deaths >= maxDeaths) {
        throw new DeadlyRecordException(deaths);
      }
      return inHand(record, event, type.get(), handler);
    } catch (RuntimeException e) {
      deliveries.putDown(record);
      throw e;
    }
  }

  private Reception inHand(
      ConsumerRecord<String, byte[]> record,
      CloudEvent event,
      EventType type,
      EventHandler handler) {
    ReceivedEvent received = decode(event, type);
    if (!(received.data() instanceof ExperimentEvent)) {
      tracing.about(received.data().key());
    }
    return database.inTransaction(
        () -> {
          deliveries.settle(record);
          if (database.update(REMEMBER, event.source(), event.id()) == 0) {
            return Reception.DUPLICATE;
          }
          handler.handle(received);
          return Reception.HANDLED;
        });
  }

  /**
   * A broker lets each service write its own topics; here each type is held to its topic, and each
   * topic to the service that speaks on it, whoever sends what is put aside again.
   */
  private static void requireSaidByWhoMay(CloudEvent event, EventType type, String topic) {
    Optional<ServiceName> speaker = TopicRights.speaker(topic);
    if (Topics.all().contains(topic) && !type.topics().contains(topic)) {
      throw new UnreadableEventException(
          "%s is no type of %s, allowed: on %s".formatted(type.name(), topic, type.topics()));
    }
    if (speaker.isPresent() && !speaker.get().source().equals(event.source())) {
      throw new UnreadableEventException(
          "%s on %s was said by %s, allowed: %s"
              .formatted(type.name(), topic, event.source(), speaker.get().source()));
    }
  }

  /** News that an older service does not understand is not for it; what it is asked to do is. */
  private static Reception notUnderstood(CloudEvent event, String topic) {
    if (Topics.isCommands(topic)) {
      throw new UnreadableEventException(
          "%s is no type that is known on %s".formatted(event.type(), topic));
    }
    return Reception.IGNORED;
  }

  private static ReceivedEvent decode(CloudEvent event, EventType type) {
    try {
      Event data = Json.read(event.data(), type.record());
      if (data == null || data.key() == null) {
        throw new UnreadableEventException("the %s names no subject".formatted(type.name()));
      }
      return new ReceivedEvent(event.id(), event.source(), event.time(), data);
    } catch (UncheckedIOException e) {
      throw new UnreadableEventException(
          "not a %s: %s".formatted(type.name(), e.getCause().getMessage()));
    }
  }

  private static boolean isPoison(RuntimeException e) {
    return e instanceof UnreadableEventException
        || e instanceof DeadlyRecordException
        || (e instanceof MedtransException known && !known.retriable());
  }

  /** Whoever has much to do with others says nothing about the record. */
  private static boolean isBusy(RuntimeException e) {
    return e instanceof MedtransException known && known.code() == ErrorCode.UNAVAILABLE;
  }

  private Reception putAside(
      ConsumerRecord<String, byte[]> record, RuntimeException reason, Heartbeat heart) {
    tracing.failed(reason);
    LOG.errorf(reason, "Putting %s into the dead-letter topic", position(record));
    for (int failures = 1; ; failures++) {
      heart.beat();
      try {
        deadLetters.put(record, isPoison(reason) ? reason.getMessage() : reason.toString());
        deliveries.abandon(record);
        return Reception.DEAD_LETTER;
      } catch (KafkaException e) {
        LOG.warnf("The dead-letter topic cannot be reached: %s", e.getMessage());
        pause(failures);
      }
    }
  }

  /**
   * Does {@code work} with {@code record} in a transaction until it succeeds, however often it
   * fails, or the process stops: for who could put it nowhere else.
   */
  public void insist(ConsumerRecord<String, byte[]> record, Runnable work) {
    Fatal.guard(() -> untilDone(record, work));
  }

  private void untilDone(ConsumerRecord<String, byte[]> record, Runnable work) {
    try (Patience patience = watch.patience(Integer.MAX_VALUE);
        Heartbeat heart = hearts.start(position(record))) {
      for (int failures = 1; ; failures++) {
        heart.beat();
        try {
          database.inTransaction(work);
          return;
        } catch (RuntimeException e) {
          if (stopping || patience.endsWith(e)) {
            throw stopped(e);
          }
          LOG.warnf(e, "Trying %s again (failure %d)", position(record), failures);
          pause(failures);
        }
      }
    }
  }

  /** From now on failures say nothing of a record: what handling it needs is being closed. */
  void stop(@Observes @Priority(Deliveries.BEFORE_OTHERS) ShutdownEvent event) {
    stopping = true;
  }

  /** The record is not acknowledged, and comes again. */
  private static IllegalStateException stopped(Exception cause) {
    return new IllegalStateException("stopped before the record was handled", cause);
  }

  private void pause(int failures) {
    try {
      TimeUnit.MILLISECONDS.sleep(backoff.after(failures).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    }
  }

  private static String position(ConsumerRecord<String, byte[]> record) {
    return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
  }
}
