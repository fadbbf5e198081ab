package org.medtransformers.service.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {
  private final RuntimeException fault = new IllegalStateException("a fault of ours");

  private boolean reachable = true;
  private final Patience patience = new Patience(3, () -> reachable);

  @Test
  void endsWithTheLastFailureThatIsAllowed() {
    assertFalse(patience.endsWith(fault));
    assertFalse(patience.endsWith(fault));
    assertTrue(patience.endsWith(fault));
  }

  @Test
  void doesNotEndBecauseOfFailuresWhileTheDatabaseWasAway() {
    reachable = false;
    for (int i = 0; i < 10; i++) {
      assertFalse(patience.endsWith(fault));
    }
    reachable = true;
    assertFalse(patience.endsWith(fault));
  }

  /**
   * PostgreSQL: unable to connect, connection failure, admin shutdown, crash shutdown, starting.
   */
  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "57P01", "57P02", "57P03"})
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

  @Test
  void endsWithAStatementThatTheDatabaseRefuses() {
    RuntimeException refused = wrapped(new SQLException("duplicate key", "23505"));
    assertFalse(patience.endsWith(refused));
    assertFalse(patience.endsWith(refused));
    assertTrue(patience.endsWith(refused));
  }

  private static RuntimeException wrapped(SQLException e) {
    return new IllegalStateException("cannot handle", new DatabaseException(e));
  }
}
