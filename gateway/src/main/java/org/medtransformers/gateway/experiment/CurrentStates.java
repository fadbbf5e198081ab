package org.medtransformers.gateway.experiment;

import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.service.database.Database;

/** How far experiments and runs are, read without all that belongs to them besides. */
@Singleton
final class CurrentStates {
  private static final String OF_EXPERIMENTS =
      "select e.id, e.state from ExperimentEntity e where e.id in :ids and %s";
  private static final String OF_RUNS =
      "select r.id, r.experimentId, r.state, r.progress from RunEntity r where r.id in :ids"
          + " and %s order by r.experimentId, r.position";

  private final Database database;

  CurrentStates(Database database) {
    this.database = database;
  }

  /** Those of {@code ids} that {@code scope} has. */
  List<Changed.OfRun> ofRuns(Collection<UUID> ids, Scope scope) {
    return database.inTransaction(
        () ->
            read(OF_RUNS.formatted(scope.hqlOfRun("r")), ids, scope).stream()
                .map(
                    row ->
                        new Changed.OfRun(
                            row.get(0, UUID.class).toString(),
                            row.get(1, UUID.class).toString(),
                            row.get(2, RunState.class),
                            row.get(3, RunProgress.class)))
                .toList());
  }

  /** Those of {@code ids} that {@code scope} has. */
  List<Changed.OfExperiment> ofExperiments(Collection<UUID> ids, Scope scope) {
    return database.inTransaction(
        () -> {
          Map<UUID, Progress> progress = RunCounts.of(List.copyOf(ids));
          return read(OF_EXPERIMENTS.formatted(scope.hql("e")), ids, scope).stream()
              .map(row -> experiment(row, progress.getOrDefault(id(row), Progress.NONE)))
              .toList();
        });
  }

  private static Changed.OfExperiment experiment(Tuple row, Progress progress) {
    return new Changed.OfExperiment(
        id(row).toString(), row.get(1, ExperimentState.class), progress.counts(), progress.done());
  }

  private static UUID id(Tuple row) {
    return row.get(0, UUID.class);
  }

  private static List<Tuple> read(String hql, Collection<UUID> ids, Scope scope) {
    TypedQuery<Tuple> query =
        RunEntity.getEntityManager().createQuery(hql, Tuple.class).setParameter("ids", ids);
    scope.parameters().forEach(query::setParameter);
    return query.getResultList();
  }
}
