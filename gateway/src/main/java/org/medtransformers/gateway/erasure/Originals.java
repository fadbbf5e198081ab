package org.medtransformers.gateway.erasure;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.service.database.Database;

/** Where the files are that prepared images came from: as the files of the runs say. */
@Singleton
final class Originals {
  private static final String LOCATIONS =
      """
      SELECT DISTINCT ON (config_sha256) id FROM run
      WHERE prepared::jsonb ->> 'id' = ?
      """;

  private final Database database;

  Originals(Database database) {
    this.database = database;
  }

  /** Each once; a file of which no folder is known by its relative name. */
  List<String> of(List<DataErasure.Found> sets) {
    return sets.stream().flatMap(set -> of(set).stream()).distinct().sorted().toList();
  }

  private List<String> of(DataErasure.Found set) {
    List<String> locations =
        database.inTransaction(
            () ->
                database.query(LOCATIONS, row -> row.getObject(1, UUID.class), set.id()).stream()
                    .map(Originals::location)
                    .distinct()
                    .toList());
    return locations.isEmpty()
        ? set.sources()
        : locations.stream()
            .flatMap(folder -> set.sources().stream().map(file -> folder + ": " + file))
            .toList();
  }

  private static String location(UUID run) {
    return RunEntity.byId(run, Scope.EVERYTHING)
        .orElseThrow()
        .file()
        .config()
        .dataset()
        .dataLocation();
  }
}
