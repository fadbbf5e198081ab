package org.medtransformers.service.event;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.OldRows;

/** Events that are too old for the broker to deliver again. */
@Singleton
final class OldInbox implements OldRows {
  private static final String FORGET =
      """
      DELETE FROM inbox WHERE (source, event_id) IN (
        SELECT source, event_id FROM inbox WHERE received_at < now() - ? * interval '1 second'
        LIMIT ?)
      """;

  private final Database database;
  private final Duration memory;

  OldInbox(Database database, MedtransConfig config) {
    this.database = database;
    this.memory = config.inbox().memory();
  }

  @Override
  public int forget(int limit) {
    return database.update(FORGET, memory.toSeconds(), limit);
  }
}
