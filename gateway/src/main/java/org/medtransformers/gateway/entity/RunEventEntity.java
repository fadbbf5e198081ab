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
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.EventTypes;

/** Something that happened, never changed again. */
@Entity
@Table(name = "run_event")
public class RunEventEntity extends PanacheEntityBase {
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

  /** What happened to a run, of the given types, in order. */
  public static List<RunEventEntity> ofRun(UUID runId, List<String> types) {
    return list("runId = ?1 and type in ?2 order by id", runId, types);
  }
}
