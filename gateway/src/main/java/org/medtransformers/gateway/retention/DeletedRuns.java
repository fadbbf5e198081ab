package org.medtransformers.gateway.retention;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.files.Disk;
import org.medtransformers.files.FolderSize;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/**
 * Folders of runs that were deleted while somebody was still at work on them: a worker that had not
 * been heard of, and went on to write. Only what was deleted here is removed, and not whatever the
 * database does not know: that may be the run of another database, or of a backup's future, and its
 * model the only one. Nor is a folder that somebody has written into of late.
 */
@Singleton
public final class DeletedRuns {
  static final String KIND = "orphans";

  private static final String REMEMBER =
      """
      INSERT INTO deleted_run (run_id)
      SELECT id FROM run WHERE experiment_id = ? ON CONFLICT DO NOTHING
      """;
  private static final String DELETED = "SELECT run_id::text FROM deleted_run";
  private static final String FORGET =
      "DELETE FROM deleted_run WHERE deleted_at < now() - ? * interval '1 second'"
          + " AND run_id::text <> ALL (string_to_array(?, ','))";

  private final Database database;
  private final Path folders;
  private final Duration silence;
  private final Duration memory;
  private final Clock clock;

  DeletedRuns(
      Database database,
      Artifacts artifacts,
      GatewayConfig config,
      MedtransConfig common,
      Clock clock) {
    this.database = database;
    this.folders = artifacts.root().resolve("runs");
    this.silence = config.retention().orphans();
    this.memory = common.jobs().memory();
    this.clock = clock;
  }

  /** The runs of {@code experiment} are about to be deleted, in the caller's transaction. */
  public void remember(UUID experiment) {
    database.update(REMEMBER, experiment);
  }

  /** Removes what is due, or only looks how much that is. */
  Cleanup.Item clean(Round round) {
    List<String> orphans = round.attempt(folders.toString(), List.of(), this::orphans);
    long count = 0;
    long bytes = 0;
    for (String run : orphans) {
      long freed = round.attempt("folder of deleted run " + run, -1L, () -> freed(run, round));
      count += freed < 0 ? 0 : 1;
      bytes += Math.max(0, freed);
    }
    if (!round.dryRun()) {
      // By then no worker knows such a run any more.
      database.update(FORGET, memory.toSeconds(), String.join(",", orphans));
    }
    return new Cleanup.Item(KIND, count, bytes);
  }

  private List<String> orphans() throws IOException {
    Set<String> deleted = new HashSet<>(database.query(DELETED, row -> row.getString(1)));
    return Disk.startingWith("", folders).stream()
        .map(folder -> folder.getFileName().toString())
        .filter(deleted::contains)
        .toList();
  }

  /** Bytes; -1 where somebody may still write. */
  private long freed(String run, Round round) throws IOException {
    Path folder = folders.resolve(run);
    if (clock.millis() - written(folder) < silence.toMillis()) {
      return -1;
    }
    long bytes = FolderSize.of(folder);
    if (!round.dryRun()) {
      new Disk().delete(folder);
    }
    return bytes;
  }

  /** Milliseconds of the clock at which something below {@code folder} was written last. */
  private static long written(Path folder) throws IOException {
    long[] last = {folder.toFile().lastModified()};
    FolderSize.each(
        folder, (file, bytes) -> last[0] = Math.max(last[0], file.toFile().lastModified()));
    return last[0];
  }
}
