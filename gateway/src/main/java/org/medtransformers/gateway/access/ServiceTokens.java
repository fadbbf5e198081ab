package org.medtransformers.gateway.access;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.access.NewToken;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.contracts.access.TokenView;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.entity.Ids;
import org.medtransformers.service.database.Database;

/**
 * Tokens by which programs ask in the name of a person, with as much of the person's rights as they
 * were given. Its owner and an administrator may withdraw one; to all others it is not there.
 */
@Singleton
public final class ServiceTokens {
  /** By which scanners for secrets find one that somebody has published. */
  private static final String PREFIX = "medtrans_";

  private static final int MOST = 100;
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final String COLUMNS =
      "id, name, person, team, role, created_at, expires_at, used_at";

  private static final String ADD =
      """
      INSERT INTO service_token (id, sha256, name, person, team, role, created_at, expires_at)
      SELECT ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz
      WHERE (SELECT count(*) FROM service_token WHERE person = ? AND team = ?) < ?
      """;
  private static final String BY_SHA256 =
      "SELECT " + COLUMNS + " FROM service_token WHERE sha256 = ? AND expires_at > ?";
  private static final String IS_GOOD =
      "SELECT 1 FROM service_token WHERE id = ? AND expires_at > ?";
  private static final String USED = "UPDATE service_token SET used_at = ? WHERE id = ?";
  private static final String OWN =
      "SELECT "
          + COLUMNS
          + " FROM service_token WHERE ? OR person = ? AND team = ?"
          + " ORDER BY created_at DESC, id";
  private static final String WITHDRAW =
      "DELETE FROM service_token WHERE id = ? AND (? OR person = ? AND team = ?)";

  private final Database database;
  private final Clock clock;

  ServiceTokens(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A new one of {@code caller}.
   *
   * @throws MedtransException {@code NOT_PERMITTED} for a role that {@code caller} has not, {@code
   *     CONFLICT} where there are too many
   */
  public NewToken make(Caller caller, TokenWish wish) {
    if (!caller.role().includes(wish.role())) {
      throw MedtransException.of(
          ErrorCode.NOT_PERMITTED,
          "role: found %s, allowed: at most your own, %s"
              .formatted(wish.role().label(), caller.role().label()));
    }
    String token = PREFIX + Codes.text();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    TokenView view =
        new TokenView(
            UUID.randomUUID().toString(),
            wish.name(),
            caller.person(),
            caller.team(),
            wish.role(),
            now,
            now.plus(Duration.ofDays(wish.days())),
            null);
    add(view, token);
    return new NewToken(view, token);
  }

  private void add(TokenView view, String token) {
    int added =
        database.update(
            ADD,
            UUID.fromString(view.id()),
            Sha256.of(token),
            view.name(),
            view.person(),
            view.team(),
            view.role().label(),
            Timestamp.from(view.created()),
            Timestamp.from(view.expires()),
            view.person(),
            view.team(),
            MOST);
    if (added == 0) {
      throw MedtransException.of(
          ErrorCode.CONFLICT,
          "%s has %d tokens, allowed are no more; withdraw one".formatted(view.person(), MOST));
    }
  }

  /** Those of {@code caller}, an administrator's: all; also those that have expired. */
  public List<TokenView> of(Caller caller) {
    return database.query(
        OWN, ServiceTokens::view, isAdministrator(caller), caller.person(), caller.team());
  }

  /**
   * Makes a token worthless.
   *
   * @throws MedtransException {@code NOT_FOUND} where {@code caller} has none of that id
   */
  public void withdraw(Caller caller, String id) {
    int withdrawn =
        Ids.parse(id)
            .map(
                key ->
                    database.update(
                        WITHDRAW, key, isAdministrator(caller), caller.person(), caller.team()))
            .orElse(0);
    if (withdrawn == 0) {
      throw MedtransException.of(ErrorCode.NOT_FOUND, "there is no token " + id);
    }
  }

  private static boolean isAdministrator(Caller caller) {
    return caller.role().includes(Role.ADMIN);
  }

  /** Whether {@code presented} looks like one; others are not asked for. */
  static boolean isOne(String presented) {
    return presented.startsWith(PREFIX);
  }

  /** Who comes with {@code presented}, if it is good. */
  Optional<Caller> owner(String presented) {
    Instant now = clock.instant();
    Optional<TokenView> found =
        database
            .query(BY_SHA256, ServiceTokens::view, Sha256.of(presented), Timestamp.from(now))
            .stream()
            .findFirst();
    found
        .filter(token -> token.used() == null || token.used().isBefore(now.minus(NOTED_EVERY)))
        .ifPresent(
            token -> database.update(USED, Timestamp.from(now), UUID.fromString(token.id())));
    return found.map(
        token ->
            new Caller(token.person(), token.team(), token.role(), UUID.fromString(token.id())));
  }

  /** Whether the token with that id has neither expired nor been withdrawn. */
  boolean isGood(UUID id) {
    return !database.query(IS_GOOD, row -> 1, id, Timestamp.from(clock.instant())).isEmpty();
  }

  private static TokenView view(ResultSet row) throws SQLException {
    return new TokenView(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Role.of(row.getString(5)),
        instant(row, 6),
        instant(row, 7),
        instant(row, 8));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
