package org.medtransformers.gateway.access;

import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.contracts.access.SignInLink;
import org.medtransformers.gateway.config.AccessConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.OldRows;

/** Links that sign a browser in, each once and soon; any replica knows them. */
@Singleton
public final class SignInLinks implements OldRows {
  private static final String PATH = "/sign-in?code=";

  private static final String ADD =
      """
      INSERT INTO sign_in_link (sha256, person, team, role, token_id, expires_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """;
  private static final String USE =
      """
      DELETE FROM sign_in_link WHERE sha256 = ? AND expires_at > ?
      RETURNING person, team, role, token_id
      """;
  private static final String FORGET =
      """
      DELETE FROM sign_in_link WHERE sha256 IN (
        SELECT sha256 FROM sign_in_link WHERE expires_at < now() LIMIT ?)
      """;

  private final Database database;
  private final Clock clock;
  private final Duration life;

  SignInLinks(Database database, Clock clock, AccessConfig config) {
    this.database = database;
    this.clock = clock;
    this.life = config.link();
  }

  /** One that signs a browser in as {@code caller}. */
  public SignInLink make(Caller caller) {
    String code = Codes.text();
    Instant expires = clock.instant().plus(life).truncatedTo(ChronoUnit.SECONDS);
    database.update(
        ADD,
        Sha256.of(code),
        caller.person(),
        caller.team(),
        caller.role().label(),
        caller.token(),
        Timestamp.from(expires));
    return new SignInLink(PATH + code, expires);
  }

  /** As whom the link with {@code code} signs in; the next time it does not. */
  Optional<Caller> use(String code) {
    return database
        .query(
            USE,
            row ->
                new Caller(
                    row.getString(1),
                    row.getString(2),
                    Role.of(row.getString(3)),
                    row.getObject(4, UUID.class)),
            Sha256.of(code),
            Timestamp.from(clock.instant()))
        .stream()
        .findFirst();
  }

  @Override
  public int forget(int limit) {
    return database.update(FORGET, limit);
  }
}
