package org.medtransformers.service.database;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tells failures for want of a database from those of a statement. */
public final class Outage {
  /** SQLSTATE classes: connection exception, operator intervention (a server that shuts down). */
  private static final Set<String> CLASSES = Set.of("08", "57");

  // The pool gives its exception no SQLSTATE, only a message of two spellings.
  private static final String POOL = "cquisition timeout";

  private Outage() {}

  /** Whether {@code failure} comes from a database that was away, however wrapped. */
  public static boolean causes(Throwable failure) {
    return causes(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean causes(Throwable failure, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return false;
    }
    if (failure instanceof SQLException sql && isOutage(sql)) {
      return true;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (causes(suppressed, seen)) {
        return true;
      }
    }
    return causes(failure.getCause(), seen);
  }

  private static boolean isOutage(SQLException e) {
    if (e.getSQLState() == null) {
      return e.getMessage() != null && e.getMessage().contains(POOL);
    }
    return CLASSES.stream().anyMatch(e.getSQLState()::startsWith);
  }
}
