package org.medtransformers.gateway.entity;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;

/** Something that happened, never changed again. */
@Entity
@Table(name = "run_event")
public class RunEventEntity extends PanacheEntityBase {
  private static final int PAGE = 1000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @Column(name = "experiment_id")
  public UUID experimentId;

  /** Null where it is about the experiment as a whole. */
  @Column(name = "run_id")
  public UUID runId;

  /** Versioned type name of the event. */
  public String type;

  /** The event's data as JSON. */
  public String payload;

  public Instant at;

  /** Appends {@code event}; the caller holds the lock on the experiment. */
  public static void append(UUID experimentId, UUID runId, Event event, Instant at) {
    RunEventEntity row = new RunEventEntity();
    row.experimentId = experimentId;
    row.runId = runId;
    row.type = EventTypes.of(event.getClass()).name();
    row.payload = Json.write(event);
    row.at = at;
    row.persist();
  }

  /** What happened in an experiment after {@code lastId}, at most {@code limit} rows. */
  public static List<RunEventEntity> after(UUID experimentId, long lastId, int limit) {
    return RunEventEntity.<RunEventEntity>find(
            "experimentId = ?1 and id > ?2 order by id", experimentId, lastId)
        .range(0, limit - 1)
        .list();
  }

  /**
   * What an event said.
   *
   * @param type versioned type name
   * @param payload its data as JSON
   */
  public record Told(long id, String type, String payload) {}

  /**
   * What happened to a run after {@code lastId}, but for events of the types {@code without}; at
   * most {@code limit} rows.
   */
  public static List<RunEventEntity> ofRun(
      UUID runId, List<String> without, long lastId, int limit) {
    return RunEventEntity.<RunEventEntity>find(
            "runId = ?1 and id > ?2 and type not in ?3 order by id", runId, lastId, without)
        .range(0, limit - 1)
        .list();
  }

  /** What happened to a run, of the given types, in order, read page by page as it is asked for. */
  public static Stream<Told> ofRun(UUID runId, List<String> types) {
    return Stream.iterate(
            page(runId, types, 0),
            page -> !page.isEmpty(),
            page -> page(runId, types, page.get(page.size() - 1).id()))
        .flatMap(List::stream);
  }

  /** When events of {@code type} were told of a run, in order. */
  public static List<Instant> timesOf(UUID runId, Class<? extends Event> type) {
    return getEntityManager()
        .createQuery(
            "select e.at from RunEventEntity e where e.runId = ?1 and e.type = ?2 order by e.id",
            Instant.class)
        .setParameter(1, runId)
        .setParameter(2, EventTypes.of(type).name())
        .getResultList();
  }

  /**
   * The same, but of the events of one type every k-th, so that there are hardly more than {@code
   * most}: what a picture of many runs can show.
   *
   * @param types that are whole
   * @param sampled the type of which there are many
   */
  public static List<Told> sampled(UUID runId, List<String> types, String sampled, int most) {
    String sql =
        "select id, type, payload from (select id, type, payload,"
            + " row_number() over (partition by type order by id desc) as place,"
            + " count(*) over (partition by type) as among"
            + " from run_event where run_id = ?1 and (type in (?2) or type = ?3)) as told"
            + " where type <> ?3 or (place - 1) % greatest(1, among / ?4) = 0 order by id";
    return ((List<?>)
            getEntityManager()
                .createNativeQuery(sql, Object[].class)
                .setParameter(1, runId)
                .setParameter(2, types)
                .setParameter(3, sampled)
                .setParameter(4, most)
                .getResultList())
        .stream()
            .map(Object[].class::cast)
            .map(row -> new Told(((Number) row[0]).longValue(), (String) row[1], (String) row[2]))
            .toList();
  }

  private static List<Told> page(UUID runId, List<String> types, long after) {
    return getEntityManager()
        .createQuery(
            "select e.id, e.type, e.payload from RunEventEntity e"
                + " where e.runId = ?1 and e.type in ?2 and e.id > ?3 order by e.id",
            Object[].class)
        .setParameter(1, runId)
        .setParameter(2, types)
        .setParameter(3, after)
        .setMaxResults(PAGE)
        .getResultStream()
        .map(row -> new Told((Long) row[0], (String) row[1], (String) row[2]))
        .toList();
  }
}
