package org.medtransformers.gateway.retention;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.files.PreparedFolders;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/**
 * Prepared data sets above a quota, the one used longest ago first. Two kinds are needed: those of
 * the runs that have not ended, and whatever was used since the oldest run began to wait for its
 * set, since that may be the one. A set that is gone is prepared again for the next run.
 */
@Singleton
final class PreparedSets {
  static final String KIND = "datasets";

  /** Longer than clocks differ. */
  private static final Duration MARGIN = Duration.ofHours(1);

  // In one statement: a run that gets its set is either seen without it or with it.
  private static final String NEEDED =
      """
      SELECT prepared::jsonb ->> 'id', min(state_since) FILTER (WHERE state = 'PREPARING')
      FROM run WHERE ended_at IS NULL GROUP BY 1
      """;

  private final Database database;
  private final PreparedFolders folders;
  private final Path root;
  private final OptionalLong quota;
  private final Clock clock;

  PreparedSets(Database database, Artifacts artifacts, GatewayConfig config, Clock clock) {
    this.database = database;
    this.root = artifacts.root();
    this.folders = new PreparedFolders(root.resolve("datasets"));
    this.quota =
        config.retention().datasets().stream().mapToLong(size -> size.asLongValue()).findFirst();
    this.clock = clock;
  }

  /** What must stay: these sets, and those used since. */
  private record Needed(Set<String> ids, Instant since) {
    boolean includes(PreparedFolders.Folder set) {
      return ids.contains(set.id()) || !set.used().isBefore(since);
    }
  }

  /** Removes what is above the quota, or only looks how much that is. */
  Cleanup.Item clean(Round round) {
    List<PreparedFolders.Folder> sets = oldestFirst(round);
    // Of a disk that cannot be measured it is not known what is too much.
    long quota = round.attempt(root.toString(), Long.MAX_VALUE, this::quota);
    long excess = sets.stream().mapToLong(PreparedFolders.Folder::bytes).sum() - quota;
    long removed = 0;
    long bytes = 0;
    if (excess > 0) {
      Needed needed = needed();
      for (PreparedFolders.Folder set : sets) {
        if (bytes < excess
            && !needed.includes(set)
            && round.attempt(name(set.id()), false, () -> removed(set, needed, round))) {
          removed++;
          bytes += set.bytes();
        }
      }
    }
    return new Cleanup.Item(KIND, removed, bytes);
  }

  private boolean removed(PreparedFolders.Folder set, Needed needed, Round round)
      throws IOException {
    return round.dryRun() || folders.remove(set.id(), needed.since());
  }

  private List<PreparedFolders.Folder> oldestFirst(Round round) {
    List<String> ids = round.attempt("prepared sets", List.of(), folders::ids);
    return ids.stream()
        .flatMap(
            id ->
                round
                    .attempt(
                        name(id), Optional.<PreparedFolders.Folder>empty(), () -> folders.find(id))
                    .stream())
        .sorted(Comparator.comparing(PreparedFolders.Folder::used))
        .toList();
  }

  private static String name(String id) {
    return "prepared set " + id;
  }

  private long quota() throws IOException {
    if (quota.isPresent()) {
      return quota.getAsLong();
    }
    return Files.exists(root) ? Files.getFileStore(root).getTotalSpace() / 2 : 0;
  }

  private Needed needed() {
    Set<String> ids = new HashSet<>();
    Instant[] since = {clock.instant()};
    database.query(
        NEEDED,
        row -> {
          Timestamp preparing = row.getTimestamp(2);
          if (preparing != null && preparing.toInstant().isBefore(since[0])) {
            since[0] = preparing.toInstant();
          }
          return ids.add(row.getString(1));
        });
    return new Needed(ids, since[0].minus(MARGIN));
  }
}
