package org.medtransformers.gateway.run;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEventEntity;
import org.medtransformers.service.database.Database;

/** What happened to a run, but for how far it was at each moment. */
@Singleton
public final class RunLog {
  private static final List<String> PROGRESS =
      Stream.of(TrainingEvent.Progress.class, DatasetEvent.PrepareProgress.class)
          .map(record -> EventTypes.of(record).name())
          .toList();

  private final Database database;
  private final Access access;

  RunLog(Database database, Access access) {
    this.access = access;
    this.database = database;
  }

  /**
   * Some of what happened.
   *
   * @param last id of the last one, after which to ask for more
   * @param more whether there may be
   */
  public record Page(List<Item> items, long last, boolean more) {}

  /**
   * Something that happened.
   *
   * @param id rises with time
   * @param type versioned type name of the event
   * @param data of the event, see docs/api.md
   */
  public record Item(long id, Instant at, String type, @JsonRawValue String data) {}

  /**
   * What happened after {@code lastId}, in order; an unknown id is {@code NOT_FOUND}.
   *
   * @param id of a run, or a model name, which means its latest success
   */
  public Page of(String id, long lastId, int limit) {
    return database.inTransaction(
        () -> {
          List<Item> items =
              RunEventEntity.ofRun(
                      NamedRuns.require(id, access.scope()).id, PROGRESS, lastId, limit)
                  .stream()
                  .map(e -> new Item(e.id, e.at, e.type, e.payload))
                  .toList();
          long last = items.isEmpty() ? lastId : items.get(items.size() - 1).id();
          return new Page(items, last, items.size() == limit);
        });
  }
}
