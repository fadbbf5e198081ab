package org.medtransformers.service.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {
  private final RuntimeException fault = new IllegalStateException("a fault of ours");

  private boolean writable = true;
  private boolean waiting;
  private final Patience patience =
      new Patience(3, () -> writable, () -> waiting = true, () -> waiting = false);

  @Test
  void endsWithTheLastFailureThatIsAllowed() {
    assertFalse(patience.endsWith(fault));
    assertFalse(patience.endsWith(fault));
    assertTrue(patience.endsWith(fault));
  }

  @Test
  void doesNotEndBecauseOfFailuresWhileTheDatabaseWasAway() {
    writable = false;
    for (int i = 0; i < 10; i++) {
      assertFalse(patience.endsWith(fault));
    }
    assertTrue(waiting);
    writable = true;
    assertFalse(patience.endsWith(fault));
  }

  /**
   * PostgreSQL: unable to connect, connection failure, admin shutdown, crash shutdown, starting;
   * password refused, disk full, out of memory, too many connections, input or output; read-only,
   * idle in a transaction, transaction or statement too long; serialisation, deadlock, lock.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08001", "08006", "57P01", "57P02", "57P03", "28P01", "53100", "53200", "53300", "58030",
        "25006", "25P03", "25P04", "57014", "40001", "40P01", "55P03"
      })
  void doesNotEndWithAConnectionThatBrokeThoughTheDatabaseIsBack(String state) {
    for (int i = 0; i < 10; i++) {
      assertFalse(patience.endsWith(wrapped(new SQLException("gone", state))));
    }
  }

  @Test
  void doesNotEndWithAPoolThatHasNoConnectionToGive() {
    for (int i = 0; i < 10; i++) {
      assertFalse(
          patience.endsWith(
              wrapped(new SQLException("Acquisition timeout while waiting for new connection"))));
    }
  }

  /**
   * Duplicate key, no such table, value too long, not allowed; and the neighbours of those above:
   * no active transaction, a constraint at the end of a transaction, a lock's object in use.
   */
  @ParameterizedTest
  @ValueSource(strings = {"23505", "42P01", "22001", "42501", "25P01", "40002", "55006"})
  void endsWithAStatementThatTheDatabaseRejects(String state) {
    RuntimeException refused = wrapped(new SQLException("wrong", state));
    assertFalse(patience.endsWith(refused));
    assertFalse(patience.endsWith(refused));
    assertTrue(patience.endsWith(refused));
  }

  @Test
  void nobodyWaitsAnyMoreOnceTheWorkFailsByItselfOrIsOver() {
    RuntimeException refused = wrapped(new SQLException("read-only", "25006"));
    assertFalse(patience.endsWith(refused));
    assertFalse(patience.endsWith(fault));
    assertFalse(waiting);
    assertFalse(patience.endsWith(refused));
    assertTrue(waiting);
    patience.close();
    assertFalse(waiting);
  }

  private static RuntimeException wrapped(SQLException e) {
    return new IllegalStateException("cannot handle", new DatabaseException(e));
  }
}
