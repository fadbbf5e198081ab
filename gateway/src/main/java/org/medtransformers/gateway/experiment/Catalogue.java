package org.medtransformers.gateway.experiment;

import jakarta.inject.Singleton;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.service.database.Database;

/** Experiments as they are found again: lists of them, and their marks. */
@Singleton
public final class Catalogue {
  private final Changes changes;
  private final Database database;
  private final Access access;

  Catalogue(Changes changes, Database database, Access access) {
    this.access = access;
    this.changes = changes;
    this.database = database;
  }

  /** One page of those that {@code filter} leaves. */
  public ExperimentSummary.Page page(
      ExperimentFilter filter, ExperimentOrder order, int page, int size) {
    return database.inTransaction(
        () -> {
          ExperimentFilter.Conditions conditions = filter.conditions(access.scope());
          long total = query(Long.class, "select count(e)", conditions, "").getSingleResult();
          List<ExperimentEntity> found =
              query(ExperimentEntity.class, "select e", conditions, " order by " + order.hql())
                  .setFirstResult(page * size)
                  .setMaxResults(size)
                  .getResultList();
          return new ExperimentSummary.Page(summaries(found), page, size, total);
        });
  }

  private static <T> TypedQuery<T> query(
      Class<T> type, String select, ExperimentFilter.Conditions conditions, String order) {
    TypedQuery<T> query =
        ExperimentEntity.getEntityManager()
            .createQuery(
                select + " from ExperimentEntity e where " + conditions.hql() + order, type);
    conditions.parameters().forEach(query::setParameter);
    return query;
  }

  /** One experiment as a list has it. */
  public ExperimentSummary summary(String id) {
    return database.inTransaction(
        () -> summaries(List.of(ExperimentEntity.require(id, access.scope()))).get(0));
  }

  /** What lists can be narrowed to. */
  public ExperimentSummary.Choices choices() {
    Scope scope = access.scope();
    return database.inTransaction(
        () ->
            new ExperimentSummary.Choices(
                elements("datasetList", scope),
                values("owner", scope),
                elements("tagList", scope)));
  }

  private static List<String> elements(String list, Scope scope) {
    return values(list, scope).stream()
        .flatMap(text -> Stream.of(Json.read(text, String[].class)))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> values(String column, Scope scope) {
    TypedQuery<String> query =
        ExperimentEntity.getEntityManager()
            .createQuery(
                "select distinct e.%s from ExperimentEntity e where %s"
                    .formatted(column, scope.hql("e")),
                String.class);
    scope.parameters().forEach(query::setParameter);
    return query.getResultStream().sorted().toList();
  }

  /**
   * Changes the marks of an experiment, and tells those who watch.
   *
   * @throws MedtransException {@code NOT_FOUND} for an unknown id, {@code NOT_PERMITTED} where it
   *     is another's
   */
  public ExperimentSummary change(String id, ExperimentChange change) {
    return database.inTransaction(
        () -> {
          ExperimentEntity experiment = access.toChange(id);
          changes.tell(experiment);
          if (change.sharing() != null) {
            access.requirePerson(experiment);
            experiment.sharing = change.sharing();
          }
          if (change.starred() != null) {
            experiment.starred = change.starred();
          }
          if (change.archived() != null) {
            experiment.archived = change.archived();
          }
          if (change.tags() != null) {
            experiment.tags = change.tags().stream().distinct().toList();
          }
          if (change.note() != null) {
            experiment.note = change.note();
          }
          return summaries(List.of(experiment)).get(0);
        });
  }

  private static List<ExperimentSummary> summaries(List<ExperimentEntity> experiments) {
    Map<UUID, Progress> progress =
        RunCounts.of(experiments.stream().map(experiment -> experiment.id).toList());
    return experiments.stream()
        .map(e -> summary(e, progress.getOrDefault(e.id, Progress.NONE)))
        .toList();
  }

  private static ExperimentSummary summary(ExperimentEntity experiment, Progress progress) {
    return new ExperimentSummary(
        experiment.id.toString(),
        experiment.name,
        experiment.state,
        experiment.createdAt,
        experiment.endedAt,
        experiment.owner,
        experiment.team,
        experiment.sharing,
        experiment.starred,
        experiment.archived,
        experiment.tags,
        experiment.note,
        experiment.datasets,
        progress.counts(),
        progress.done(),
        experiment.state == ExperimentState.RUNNING ? progress.secondsLeft() : null);
  }
}
