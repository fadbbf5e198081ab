package org.medtransformers.service.event;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseException;

/**
 * Which records are in hand, kept where the death of this process does not reach it: a record that
 * is delivered again while a receiver that died still has it in hand may be what it died of.
 *
 * <p>A receiver is one life of a process. Not counted are those that were asked to stop, and those
 * that live: while the record has its effect, its row is locked, and who else is given the record
 * (the broker moves partitions) waits for the end of that, as it would for the row of the inbox. If
 * that end is a failure, the other finds the row as that of one who died, until this one puts the
 * record down and takes the charge back.
 */
@Singleton
final class Deliveries {
  private static final Logger LOG = Logger.getLogger(Deliveries.class);

  /** Jobs may take half a minute to stop; the process is not to be killed before this is said. */
  static final int BEFORE_OTHERS = ObserverMethod.DEFAULT_PRIORITY - 100;

  private static final String PLACE = " topic = ? AND topic_partition = ? AND topic_offset = ?";

  /** Lost with the database server only, whose end is nobody's fault: not worth a wait for disk. */
  private static final String UNHURRIED = "SET LOCAL synchronous_commit = off";

  private static final String TAKE =
      """
      INSERT INTO delivery (topic, topic_partition, topic_offset, receiver) VALUES (?, ?, ?, ?)
      ON CONFLICT (topic, topic_partition, topic_offset) DO UPDATE SET
        deaths = delivery.deaths + CASE
          WHEN delivery.receiver IS NULL
            OR delivery.receiver = excluded.receiver
            OR EXISTS (SELECT FROM stopped_receiver s WHERE s.receiver = delivery.receiver)
          THEN 0 ELSE 1 END,
        receiver = excluded.receiver,
        since = now()
      RETURNING deaths
      """;
  private static final String SETTLE = "DELETE FROM delivery WHERE" + PLACE;

  // Who had it in hand and finds that it is another's, or that another has put it down since, was
  // taken for dead by that one.
  private static final String PUT_DOWN =
      """
      UPDATE delivery SET
        receiver = CASE WHEN receiver = ? THEN NULL ELSE receiver END,
        deaths = greatest(0, deaths - CASE WHEN receiver = ? THEN 0 ELSE 1 END)
      WHERE"""
          + PLACE;
  private static final String STOP =
      "INSERT INTO stopped_receiver (receiver) VALUES (?) ON CONFLICT DO NOTHING";
  private final Database database;
  private final String receiver;

  @Inject
  Deliveries(Database database) {
    this(database, UUID.randomUUID().toString());
  }

  /**
   * @param receiver told apart from all others, also from earlier lives of the same process
   */
  Deliveries(Database database, String receiver) {
    this.database = database;
    this.receiver = receiver;
  }

  /**
   * Takes {@code record} in hand, in a transaction of its own.
   *
   * @return how many receivers have died with it in hand
   */
  int take(ConsumerRecord<?, ?> record) {
    return database.inTransaction(
        () -> {
          database.update(UNHURRIED);
          return database
              .query(
                  TAKE,
                  row -> row.getInt(1),
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  receiver)
              .get(0);
        });
  }

  /** {@code record} has its effect in the present transaction. */
  void settle(ConsumerRecord<?, ?> record) {
    database.update(SETTLE, record.topic(), record.partition(), record.offset());
  }

  /**
   * This receiver has survived a failure with {@code record} in hand, which it has taken. Where the
   * database is away it cannot be told so; that matters only if the process then dies before it
   * tries again.
   */
  void putDown(ConsumerRecord<?, ?> record) {
    note(PUT_DOWN, receiver, receiver, record.topic(), record.partition(), record.offset());
  }

  /** {@code record} is put aside. */
  void abandon(ConsumerRecord<?, ?> record) {
    note(SETTLE, record.topic(), record.partition(), record.offset());
  }

  void stop(@Observes @Priority(BEFORE_OTHERS) ShutdownEvent event) {
    note(STOP, receiver);
  }

  private void note(String change, Object... parameters) {
    try {
      database.update(change, parameters);
    } catch (DatabaseException e) {
      LOG.debugf("What became of a delivery cannot be noted: %s", e.getMessage());
    }
  }
}
