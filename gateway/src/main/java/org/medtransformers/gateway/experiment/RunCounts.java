package org.medtransformers.gateway.experiment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.entity.RunEntity;

/** Counts the runs of many experiments at once: a list must not read what each of them is. */
final class RunCounts {
  private static final String GROUPS =
      "select r.experimentId, r.dataset, r.backbone, r.state, count(r), avg(r.times.trainedBefore)"
          + " from RunEntity r where r.experimentId in :ids"
          + " group by r.experimentId, r.dataset, r.backbone, r.state";

  private static final String TRAINING =
      "select r.experimentId, r.dataset, r.backbone, r.progress"
          + " from RunEntity r where r.experimentId in :ids and r.state = :state";

  private RunCounts() {}

  /** How far each of the experiments is that have runs. */
  static Map<UUID, Progress> of(List<UUID> experiments) {
    Map<UUID, List<Progress.Group>> groups =
        read(GROUPS, experiments, Map.of())
            .collect(groupingBy(RunCounts::experiment, mapping(RunCounts::group, toList())));
    Map<UUID, List<Progress.Trained>> training =
        read(TRAINING, experiments, Map.of("state", RunState.TRAINING))
            .collect(groupingBy(RunCounts::experiment, mapping(RunCounts::trained, toList())));
    Map<UUID, Progress> all = new HashMap<>();
    groups.forEach(
        (id, some) -> all.put(id, new Progress(some, training.getOrDefault(id, List.of()))));
    return all;
  }

  private static Stream<Tuple> read(String hql, List<UUID> ids, Map<String, Object> parameters) {
    TypedQuery<Tuple> query =
        RunEntity.getEntityManager().createQuery(hql, Tuple.class).setParameter("ids", ids);
    parameters.forEach(query::setParameter);
    return query.getResultStream();
  }

  private static UUID experiment(Tuple row) {
    return row.get(0, UUID.class);
  }

  private static Progress.Kind kind(Tuple row) {
    return new Progress.Kind(row.get(1, String.class), row.get(2, String.class));
  }

  private static Progress.Group group(Tuple row) {
    return new Progress.Group(
        kind(row), row.get(3, RunState.class), row.get(4, Long.class), row.get(5, Double.class));
  }

  private static Progress.Trained trained(Tuple row) {
    return new Progress.Trained(kind(row), row.get(3, RunProgress.class));
  }
}
