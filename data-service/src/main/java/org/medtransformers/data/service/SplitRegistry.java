package org.medtransformers.data.service;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.prepare.StoredSplit;
import org.medtransformers.service.database.Database;

/** The splits of all data sets that were ever prepared, whether the sets are still there or not. */
@Singleton
public class SplitRegistry {
  private final Database database;
  private final Clock clock;

  SplitRegistry(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Keeps a split; a second time changes nothing. */
  void register(StoredSplit split) {
    database.update(
        """
        INSERT INTO split
          (sha256, dataset, kind, parameters, train, val, test, content, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (sha256) DO NOTHING
        """,
        split.sha256(),
        split.dataset(),
        split.kind(),
        Json.write(split.parameters()),
        split.train().size(),
        split.val().size(),
        split.test().size(),
        split.text(),
        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /** One page, the newest first. */
  public SplitPage page(int page, int size) {
    List<SplitView> items =
        database.query(
            """
            SELECT sha256, dataset, kind, parameters, train, val, test, created_at FROM split
            ORDER BY created_at DESC, sha256 LIMIT ? OFFSET ?
            """,
            SplitRegistry::view,
            size,
            (long) page * size);
    long total = database.query("SELECT count(*) FROM split", row -> row.getLong(1)).get(0);
    return new SplitPage(items, page, size, total);
  }

  private static SplitView view(ResultSet row) throws SQLException {
    return new SplitView(
        row.getString("sha256"),
        row.getString("dataset"),
        row.getString("kind"),
        Json.parse(row.getString("parameters")),
        new SplitSizes(row.getInt("train"), row.getInt("val"), row.getInt("test")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  /**
   * The text whose SHA-256 is {@code sha256}; throws {@link ErrorCode#NOT_FOUND} where there is
   * none.
   */
  public String text(String sha256) {
    return Hashes.parse(sha256).stream()
        .flatMap(
            hash ->
                database
                    .query(
                        "SELECT content FROM split WHERE sha256 = ?", row -> row.getString(1), hash)
                    .stream())
        .findFirst()
        .orElseThrow(
            () -> MedtransException.of(ErrorCode.NOT_FOUND, "there is no split " + sha256));
  }
}
