package org.medtransformers.gateway.audit;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.contracts.audit.AuditLine;
import org.medtransformers.contracts.audit.AuditResult;
import org.medtransformers.contracts.audit.AuditVerification;
import org.medtransformers.contracts.event.AuditRecorded;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.Outbox;

/**
 * The lines of the audit trail. One is added at a time, by whichever gateway, since each has the
 * hash of the one before in its own: in a transaction of its own that does nothing else, so that
 * nobody waits for what somebody does.
 */
@Singleton
public final class Trail {
  /** A lock of the database by a number that nobody else uses. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(%d)".formatted(0x6175646974L);

  private static final String COLUMNS =
      "number, at, asked, person, team, role, token, action, object, remote, result, detail, hash";
  private static final String LAST = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1";
  private static final String INSERT =
      "INSERT INTO audit (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** What was asked is shown by what came of it, and by itself where that is not known. */
  private static final String FIND =
      "SELECT "
          + COLUMNS
          + """
           FROM audit shown
          WHERE (result <> 'ASKED' OR NOT EXISTS (SELECT FROM audit WHERE asked = shown.number))
            AND (?::text IS NULL OR person = ?) AND (?::text IS NULL OR action = ?)
            AND (?::text IS NULL OR object = ?)
            AND (?::timestamptz IS NULL OR at >= ?) AND (?::timestamptz IS NULL OR at < ?)
            AND (?::bigint IS NULL OR number < ?)
          ORDER BY number DESC LIMIT ?
          """;

  private static final String NEXT =
      "SELECT " + COLUMNS + " FROM audit WHERE number > ? ORDER BY number LIMIT ?";
  private static final String COUNT =
      """
      SELECT count(DISTINCT detail) FROM audit
      WHERE action = 'MEASURE_ON_TEST' AND object = ? AND person = ?
      """;

  private static final int AT_ONCE = 1000;

  private final Database database;
  private final Outbox outbox;
  private final Clock clock;

  Trail(Database database, Outbox outbox, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * The last line at some moment.
   *
   * @param number 0 where there is none
   */
  public record End(long number, String hash) {}

  /** Tells that {@code deed} is asked for; gives the number of the line. */
  long asked(Deed deed) {
    return append(deed, null, AuditResult.ASKED, null);
  }

  /** Tells that {@code deed} is done, with nobody who could be told that it is not. */
  public void done(Deed deed, String detail) {
    ended(deed, null, AuditResult.DONE, detail);
  }

  /**
   * Tells what came of {@code deed}.
   *
   * @param asked the line that tells that it was asked for; null where there is none
   * @param detail null where there is nothing more to tell
   */
  public void ended(Deed deed, Long asked, AuditResult result, String detail) {
    var unused = append(deed, asked, result, detail);
  }

  private long append(Deed deed, Long asked, AuditResult result, String detail) {
    return database.inTransaction(
        () -> {
          database.query(LOCK, row -> row);
          End last =
              database.query(LAST, row -> new End(row.getLong(1), row.getString(2))).stream()
                  .findFirst()
                  .orElse(new End(0, AuditLine.BEGINNING));
          AuditLine line = line(last, deed, asked, result, detail);
          insert(line);
          outbox.append(new AuditRecorded(line));
          return line.number();
        });
  }

  private AuditLine line(End last, Deed deed, Long asked, AuditResult result, String detail) {
    AuditLine line =
        new AuditLine(
            last.number() + 1,
            // As the database keeps it.
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            asked,
            deed.person(),
            deed.team(),
            deed.role() == null ? null : deed.role().label(),
            deed.token(),
            deed.action(),
            deed.object(),
            deed.remote(),
            result,
            detail,
            null);
    return line.withHash(line.hash(last.hash()));
  }

  private void insert(AuditLine line) {
    database.update(
        INSERT,
        line.number(),
        Timestamp.from(line.at()),
        line.asked(),
        line.person(),
        line.team(),
        line.role(),
        line.token(),
        line.action().name(),
        line.object(),
        line.remote(),
        line.result().name(),
        line.detail(),
        line.hash());
  }

  /** Lines that are looked for, the newest first, at most {@code most}. */
  public List<AuditLine> find(Wanted wanted, int most) {
    String action = wanted.action() == null ? null : wanted.action().name();
    Timestamp from = wanted.from() == null ? null : Timestamp.from(wanted.from());
    Timestamp to = wanted.to() == null ? null : Timestamp.from(wanted.to());
    return database.query(
        FIND,
        Trail::read,
        wanted.person(),
        wanted.person(),
        action,
        action,
        wanted.object(),
        wanted.object(),
        from,
        from,
        to,
        to,
        wanted.before(),
        wanted.before(),
        most);
  }

  /** The line with that number. */
  public Optional<AuditLine> line(long number) {
    return database.query(NEXT, Trail::read, number - 1, 1).stream().findFirst();
  }

  /**
   * Reads all lines, and says which is the first that does not fit those before it.
   *
   * @param kept what somebody has kept of before: the line still has to have that hash; null
   *     without
   */
  public AuditVerification verify(End kept) {
    End last = new End(0, AuditLine.BEGINNING);
    List<AuditLine> lines;
    do {
      lines = database.query(NEXT, Trail::read, last.number(), AT_ONCE);
      for (AuditLine line : lines) {
        String wrong = wrong(last, line, kept);
        if (wrong != null) {
          return new AuditVerification(last.number(), last.hash(), wrong);
        }
        last = new End(line.number(), line.hash());
      }
    } while (lines.size() == AT_ONCE);
    String wrong =
        kept != null && kept.number() > last.number()
            ? "line %d is missing: the last is %d".formatted(kept.number(), last.number())
            : null;
    return new AuditVerification(last.number(), last.hash(), wrong);
  }

  private static String wrong(End last, AuditLine line, End kept) {
    if (line.number() != last.number() + 1) {
      return "line %d is missing: the next is %d".formatted(last.number() + 1, line.number());
    }
    if (kept != null && kept.number() == line.number() && !kept.hash().equals(line.hash())) {
      return "line %d or one before it was changed: its hash was %s"
          .formatted(line.number(), kept.hash());
    }
    return line.hash(last.hash()).equals(line.hash())
        ? null
        : "line %d is not what was written, or the lines before it are not"
            .formatted(line.number());
  }

  /**
   * In how many experiments of {@code person} a model was measured on the test images {@code set};
   * also in those that are deleted.
   */
  public int experimentsMeasuredOn(String set, String person) {
    return database.query(COUNT, row -> row.getInt(1), set, person).get(0);
  }

  private static AuditLine read(ResultSet row) throws SQLException {
    long asked = row.getLong(3);
    Long known = row.wasNull() ? null : asked;
    return new AuditLine(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        known,
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getObject(7, UUID.class),
        AuditAction.valueOf(row.getString(8)),
        row.getString(9),
        row.getString(10),
        AuditResult.valueOf(row.getString(11)),
        row.getString(12),
        row.getString(13));
  }
}
