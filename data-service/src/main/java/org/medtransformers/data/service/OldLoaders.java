package org.medtransformers.data.service;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.medtransformers.data.config.DataConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.OldRows;

/**
 * Loaders that nobody has asked for in a long time. Whoever needs one again tells of it again.
 * Those that are open here over a set that was removed are closed, since an open file takes its
 * room.
 */
@Singleton
final class OldLoaders implements OldRows {
  private static final String FORGET =
      """
      DELETE FROM loader WHERE id IN (
        SELECT id FROM loader
        WHERE coalesce(used_at, created_at) < now() - ? * interval '1 second' LIMIT ?)
      """;

  private final Database database;
  private final Loaders loaders;
  private final Duration memory;

  OldLoaders(Database database, Loaders loaders, DataConfig config) {
    this.database = database;
    this.loaders = loaders;
    this.memory = config.loaderMemory();
  }

  @Override
  public int forget(int limit) {
    loaders.closeRemoved();
    return database.update(FORGET, memory.toSeconds(), limit);
  }
}
