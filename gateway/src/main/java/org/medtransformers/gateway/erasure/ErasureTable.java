package org.medtransformers.gateway.erasure;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.erasure.ErasedThing;
import org.medtransformers.service.database.Database;

/**
 * The erasures that were asked for. Whoever carries one out has its lease, so that nobody else
 * does; that of one who dies lapses.
 */
@Singleton
final class ErasureTable {
  private static final Duration LEASE = Duration.ofMinutes(10);

  private static final String HOLD =
      """
      UPDATE erasure SET held_until = now() + ? * interval '1 second'
      WHERE id = ? AND done_at IS NULL AND (held_until IS NULL OR held_until < now())
      RETURNING id, thing, name, datasets
      """;
  private static final String RENEW =
      "UPDATE erasure SET held_until = now() + ? * interval '1 second' WHERE id = ?";
  private static final String RELEASE = "UPDATE erasure SET held_until = NULL WHERE id = ?";
  private static final String OPEN =
      "SELECT id FROM erasure WHERE done_at IS NULL ORDER BY asked_at";
  private static final String SAME =
      "SELECT id FROM erasure WHERE thing = ? AND name = ? AND datasets = ?";
  private static final String ADD =
      "INSERT INTO erasure (id, thing, name, datasets, person) VALUES (?, ?, ?, ?, ?)";
  private static final String DONE = "UPDATE erasure SET done_at = now(), name = NULL WHERE id = ?";

  private final Database database;

  ErasureTable(Database database) {
    this.database = database;
  }

  /** Notes what is asked for; what is open already is that one. */
  UUID add(ErasureWish wish, List<String> datasets, String person) {
    String kinds = String.join(",", datasets);
    String thing = wish.thing().label();
    Optional<UUID> open =
        database
            .query(SAME, row -> row.getObject(1, UUID.class), thing, wish.name(), kinds)
            .stream()
            .findFirst();
    return open.orElseGet(
        () -> {
          UUID id = UUID.randomUUID();
          database.update(ADD, id, thing, wish.name(), kinds, person);
          return id;
        });
  }

  List<UUID> open() {
    return database.query(OPEN, row -> row.getObject(1, UUID.class));
  }

  /** The erasure {@code id}, with its lease; empty where it is done or another is at it. */
  Optional<OpenErasure> hold(UUID id) {
    return database.query(HOLD, ErasureTable::read, LEASE.toSeconds(), id).stream().findFirst();
  }

  private static OpenErasure read(ResultSet row) throws SQLException {
    return new OpenErasure(
        row.getObject("id", UUID.class),
        ErasedThing.of(row.getString("thing")),
        row.getString("name"),
        List.of(row.getString("datasets").split(",")));
  }

  /** Has the lease for longer. */
  void renew(UUID id) {
    database.update(RENEW, LEASE.toSeconds(), id);
  }

  /** Another may go on. */
  void release(UUID id) {
    database.update(RELEASE, id);
  }

  void done(UUID id) {
    database.update(DONE, id);
  }
}
