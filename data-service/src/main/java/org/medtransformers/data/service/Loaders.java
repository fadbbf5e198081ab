package org.medtransformers.data.service;

import io.micrometer.core.instrument.Counter;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.data.config.DataConfig;
import org.medtransformers.data.entity.LoaderEntity;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseException;
import org.medtransformers.service.metric.Meters;

/** The registry of loaders, and those that are open here. */
@Startup // its counters are there, at 0, before they count
@Singleton
public final class Loaders {
  private static final Logger LOG = Logger.getLogger(Loaders.class);
  private static final Duration DAY = Duration.ofDays(1);

  private final Database database;
  private final PreparedStore store;
  private final Clock clock;
  private final Recent<String, Batcher> open;

  /** When it was last noted that they are used. */
  private final Recent<String, Instant> noted;

  private final Counter hits;
  private final Counter misses;

  Loaders(Database database, PreparedStore store, Clock clock, DataConfig config, Meters meters) {
    this.database = database;
    this.store = store;
    this.clock = clock;
    this.open = new Recent<>(config.openLoaders());
    this.noted = new Recent<>(config.openLoaders());
    this.hits = meters.counter(Metric.LOADERS, "hit");
    this.misses = meters.counter(Metric.LOADERS, "miss");
  }

  /**
   * @param created whether nobody had told of it before
   */
  public record Registered(LoaderInfo loader, boolean created) {}

  /**
   * Makes a loader known to all replicas; a second time changes nothing.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} where its data set is not prepared,
   *     {@link ErrorCode#INVALID_REQUEST} where it does not fit
   */
  public Registered register(LoaderSpec spec) {
    if (spec.preparedId() == null || spec.split() == null) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "loader: preparedId and split must be given");
    }
    Batcher batcher = open(spec);
    int added =
        database.update(
            """
            INSERT INTO loader (id, prepared_id, spec, created_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            batcher.info().id(),
            spec.preparedId(),
            Json.write(spec),
            OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    open.put(batcher.info().id(), batcher);
    if (added == 0) {
      note(batcher.info().id());
    }
    return new Registered(batcher.info(), added > 0);
  }

  /**
   * The loader of that id, whichever replica was told of it.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} where there is none, or its data set is
   *     gone
   */
  public Batcher get(String id) {
    Optional<Batcher> kept = open.find(id);
    kept.ifPresent(batcher -> hits.increment());
    Batcher batcher = kept.orElseGet(() -> reopen(id));
    if (noted.find(id).filter(at -> at.isAfter(clock.instant().minus(DAY))).isEmpty()) {
      note(id);
    }
    return batcher;
  }

  /** A batch that can be served is served while the database is away. */
  private void note(String id) {
    noted.put(id, clock.instant());
    try {
      database.update(
          "UPDATE loader SET used_at = ? WHERE id = ?",
          OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
          id);
    } catch (DatabaseException e) {
      LOG.debugf("It is not noted that the loader %s is used: %s", id, e.getMessage());
    }
  }

  /** Closes the loaders that are open here whose sets were removed, which takes up their room. */
  void closeRemoved() {
    open.removeIf(batcher -> store.manifest(batcher.info().spec().preparedId()).isEmpty());
  }

  private Batcher reopen(String id) {
    misses.increment();
    return open.put(id, open(database.inTransaction(() -> registered(id))));
  }

  private static LoaderSpec registered(String id) {
    return Hashes.parse(id)
        .flatMap(hash -> LoaderEntity.<LoaderEntity>findByIdOptional(hash))
        .map(LoaderEntity::spec)
        .orElseThrow(() -> MedtransException.of(ErrorCode.NOT_FOUND, "there is no loader " + id));
  }

  private Batcher open(LoaderSpec spec) {
    return new Batcher(PreparedSet.open(store.folder(spec.preparedId())), spec);
  }
}
