package org.medtransformers.service.event;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.OldRows;

/** Records in hand, and receivers that stopped, of before what the broker delivers again. */
@Singleton
final class OldDeliveries implements OldRows {
  private static final String FORGET =
      """
      DELETE FROM delivery WHERE (topic, topic_partition, topic_offset) IN (
        SELECT topic, topic_partition, topic_offset FROM delivery
        WHERE since < now() - ? * interval '1 second' LIMIT ?)
      """;
  private static final String FORGET_STOPPED =
      """
      DELETE FROM stopped_receiver WHERE receiver IN (
        SELECT receiver FROM stopped_receiver
        WHERE stopped_at < now() - ? * interval '1 second' LIMIT ?)
      """;

  private final Database database;
  private final Duration memory;

  OldDeliveries(Database database, MedtransConfig config) {
    this.database = database;
    this.memory = config.inbox().memory();
  }

  @Override
  public int forget(int limit) {
    int records = database.update(FORGET, memory.toSeconds(), limit);
    int receivers = database.update(FORGET_STOPPED, memory.toSeconds(), limit - records);
    return records + receivers;
  }
}
