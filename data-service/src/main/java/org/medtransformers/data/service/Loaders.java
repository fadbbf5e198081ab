package org.medtransformers.data.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseException;
import org.medtransformers.service.metric.Meters;

/** The registry of loaders, and those that are open here. */
@Startup // its counters are there, at 0, before they count
@Singleton
public final class Loaders {
  private static final Logger LOG = Logger.getLogger(Loaders.class);

  private final Database database;
  private final PreparedSets sets;
  private final Clock clock;
  private final Cache<String, Batcher> open;

  /** Those of which it was noted within the day that they are used. */
  private final Cache<String, Boolean> noted;

  private final Counter hits;
  private final Counter misses;

  Loaders(Database database, PreparedSets sets, Clock clock, DataConfig config, Meters meters) {
    this.database = database;
    this.sets = sets;
    this.clock = clock;
    this.open =
        Caffeine.newBuilder().maximumSize(config.openLoaders()).executor(Runnable::run).build();
    this.noted =
        Caffeine.newBuilder()
            .maximumSize(config.openLoaders())
            .expireAfterWrite(Duration.ofDays(1))
            .build();
    sets.whenClosed(this::close);
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
    Batcher kept = open.getIfPresent(id);
    (kept == null ? misses : hits).increment();
    Batcher batcher = kept == null ? reopen(id) : kept;
    if (noted.getIfPresent(id) == null) {
      note(id);
    }
    return batcher;
  }

  /** A batch that can be served is served while the database is away. */
  private void note(String id) {
    noted.put(id, true);
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
    sets.closeRemoved();
  }

  private Batcher reopen(String id) {
    Batcher batcher = open(database.inTransaction(() -> registered(id)));
    open.put(id, batcher);
    return batcher;
  }

  /** Lets go of the loaders over a set that is kept no longer. */
  private void close(String preparedId) {
    open.asMap().values().removeIf(b -> b.info().spec().preparedId().equals(preparedId));
  }

  private static LoaderSpec registered(String id) {
    return Hashes.parse(id)
        .flatMap(hash -> LoaderEntity.<LoaderEntity>findByIdOptional(hash))
        .map(LoaderEntity::spec)
        .orElseThrow(() -> MedtransException.of(ErrorCode.NOT_FOUND, "there is no loader " + id));
  }

  private Batcher open(LoaderSpec spec) {
    return new Batcher(sets.get(spec.preparedId()), spec);
  }
}
