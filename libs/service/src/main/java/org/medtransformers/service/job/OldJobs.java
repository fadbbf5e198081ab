package org.medtransformers.service.job;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.OldRows;

/** Jobs that ended so long ago that nobody asks for them, or is told of them, any more. */
@Singleton
final class OldJobs implements OldRows {
  private static final String FORGET =
      """
      DELETE FROM job WHERE (run_id, kind) IN (
        SELECT run_id, kind FROM job
        WHERE state NOT IN ('QUEUED', 'RUNNING') AND updated_at < now() - ? * interval '1 second'
        LIMIT ?)
      """;

  private final Database database;
  private final Duration memory;
  private final boolean worker;

  OldJobs(Database database, MedtransConfig config, @All List<JobHandler> handlers) {
    this.database = database;
    this.memory = config.jobs().memory();
    this.worker = !handlers.isEmpty();
  }

  /** A service that works on none has no table of jobs. */
  @Override
  public int forget(int limit) {
    return worker ? database.update(FORGET, memory.toSeconds(), limit) : 0;
  }
}
