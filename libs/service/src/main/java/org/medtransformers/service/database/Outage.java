package org.medtransformers.service.database;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells failures for want of a database from those of a statement. A database that answers and
 * refuses is as good as away: what is tried again later may well succeed, and says nothing about
 * who tried. States are those of appendix A of PostgreSQL's manual.
 */
public final class Outage {
  /**
   * SQLSTATE classes: connection exception, refused log-in, insufficient resources (disk, memory,
   * connections), operator intervention (a server that shuts down, a statement that took too long),
   * system error.
   */
  private static final Set<String> CLASSES = Set.of("08", "28", "53", "57", "58");

  /** A read-only transaction: a standby after a failover, or a server that is told to be one. */
  private static final String READ_ONLY = "25006";

  /**
   * A session that was ended for waiting in its transaction, a transaction that took too long, one
   * that met others at work on the same rows, a deadlock, and a lock that was not to be had in
   * time.
   */
  private static final Set<String> STATES =
      Set.of(READ_ONLY, "25P03", "25P04", "40001", "40P01", "55P03");

  // The pool gives its exception no SQLSTATE, only a message of two spellings.
  private static final String POOL = "cquisition timeout";

  private Outage() {}

  /** Whether {@code failure} comes from a database that was away or refused, however wrapped. */
  public static boolean causes(Throwable failure) {
    return any(failure, Outage::isOutage, seen());
  }

  /** Whether {@code failure} comes from a session that takes no writes. */
  static boolean isReadOnly(Throwable failure) {
    return any(failure, e -> READ_ONLY.equals(e.getSQLState()), seen());
  }

  private static Set<Throwable> seen() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static boolean any(Throwable failure, Predicate<SQLException> is, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return false;
    }
    if (failure instanceof SQLException sql && is.test(sql)) {
      return true;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (any(suppressed, is, seen)) {
        return true;
      }
    }
    return any(failure.getCause(), is, seen);
  }

  private static boolean isOutage(SQLException e) {
    if (e.getSQLState() == null) {
      return e.getMessage() != null && e.getMessage().contains(POOL);
    }
    return STATES.contains(e.getSQLState())
        || CLASSES.stream().anyMatch(e.getSQLState()::startsWith);
  }
}
