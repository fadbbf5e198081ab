package org.medtransformers.gateway.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.database.Database;

/** What has changed, where transactions end in another order than they began. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ChangesTest {
  private static final int MANY = 1000;

  @Inject Changes changes;
  @Inject Database database;
  @Inject AgroalDataSource dataSource;

  @Test
  void whatIsCommittedAfterLaterEventsIsNotMissedAndNothingIsToldTwice() throws SQLException {
    UUID early = held();
    UUID late = held();
    ChangePlace place = changes.now();
    try (Connection slow = dataSource.getConnection()) {
      slow.setAutoCommit(false);
      append(slow, early);
      try (Connection quick = dataSource.getConnection()) {
        append(quick, late);
      }
      Changed first = changes.since(place, null, Scope.EVERYTHING, MANY);
      assertEquals(List.of(late.toString()), ids(first, early, late));
      slow.commit();
      Changed second = changes.since(first.place(), null, Scope.EVERYTHING, MANY);
      assertEquals(List.of(early.toString()), ids(second, early, late));
      assertEquals(
          List.of(), ids(changes.since(second.place(), null, Scope.EVERYTHING, MANY), early, late));
    }
  }

  @Test
  void whereMoreHasChangedThanIsToldThatIsSaidAndTheNextLookGoesOn() throws SQLException {
    UUID one = held();
    UUID other = held();
    ChangePlace place = changes.now();
    try (Connection connection = dataSource.getConnection()) {
      append(connection, one);
      append(connection, other);
    }
    Changed found = changes.since(place, null, Scope.EVERYTHING, 1);
    assertTrue(found.missed());
    assertEquals(List.of(), found.experiments());
    assertEquals(
        List.of(), ids(changes.since(found.place(), null, Scope.EVERYTHING, MANY), one, other));
  }

  @Test
  void aPlaceOfAnotherDatabaseIsSaidToBeNone() {
    assertTrue(
        changes.since(ChangePlace.after(Long.MAX_VALUE), null, Scope.EVERYTHING, MANY).missed());
    assertFalse(changes.since(changes.now(), null, Scope.EVERYTHING, MANY).missed());
  }

  @Test
  void whatIsToldWithoutAnEventIsHeardOnceAndAgainWhenItIsToldAgain() {
    UUID id = held();
    ChangePlace place = changes.now();
    tell(id);
    Changed first = changes.since(place, null, Scope.EVERYTHING, MANY);
    assertEquals(List.of(id.toString()), ids(first, id));
    assertEquals(List.of(), ids(changes.since(first.place(), null, Scope.EVERYTHING, MANY), id));
    tell(id);
    assertEquals(
        List.of(id.toString()),
        ids(changes.since(first.place(), null, Scope.EVERYTHING, MANY), id));
  }

  /** Of its only training, five of twenty iterations are done. */
  @Test
  void anExperimentIsAsFarAsItsTrainings() throws SQLException {
    UUID id = held();
    ChangePlace place = changes.now();
    try (Connection connection = dataSource.getConnection()) {
      append(connection, id);
    }
    Changed.OfExperiment found =
        changes.since(place, id, Scope.EVERYTHING, MANY).experiments().get(0);
    assertEquals(0.25, found.progress());
    assertEquals(1L, found.counts().get(RunState.TRAINING));
  }

  private void tell(UUID id) {
    database.inTransaction(
        () -> changes.tell(ExperimentEntity.require(id.toString(), Scope.EVERYTHING)));
  }

  private static UUID held() {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    Gateway.until(id, v -> Integer.valueOf(5).equals(v.runs().get(0).progress().iteration()));
    return UUID.fromString(id);
  }

  private static List<String> ids(Changed found, UUID... of) {
    List<String> wanted = List.of(of).stream().map(UUID::toString).toList();
    return found.experiments().stream()
        .map(Changed.OfExperiment::id)
        .filter(wanted::contains)
        .toList();
  }

  private static void append(Connection connection, UUID experiment) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO run_event (experiment_id, type, payload, at)"
                + " VALUES (?, 'experiment.accepted.v1', '{}', now())")) {
      insert.setObject(1, experiment);
      insert.executeUpdate();
    }
  }
}
