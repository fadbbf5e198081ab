package org.medtransformers.service.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.database.Database;

/** In transactions that nobody else sees, nor the timer that forgets in this process. */
@TestTransaction
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class OldDeliveriesTest {
  @Inject OldDeliveries deliveries;
  @Inject Database database;

  @Test
  void onlyWhatIsOlderThanTheMemoryIsForgotten() {
    insert(29);
    insert(31);
    assertEquals(2, deliveries.forget(10));
    assertEquals(List.of(29), offsets());
    assertEquals(List.of("old-29"), receivers());
  }

  @Test
  void noMoreGoAtATimeThanAsked() {
    insert(40);
    insert(41);
    assertEquals(3, deliveries.forget(3));
    assertEquals(1, deliveries.forget(3));
  }

  private void insert(int days) {
    database.update(
        "INSERT INTO delivery VALUES ('old', 0, ?, NULL, 1, now() - ? * interval '1 day')",
        days,
        days);
    database.update(
        "INSERT INTO stopped_receiver VALUES (?, now() - ? * interval '1 day')",
        "old-" + days,
        days);
  }

  private List<Integer> offsets() {
    return database.query(
        "SELECT topic_offset FROM delivery WHERE topic = 'old'", row -> row.getInt(1));
  }

  private List<String> receivers() {
    return database.query(
        "SELECT receiver FROM stopped_receiver WHERE receiver LIKE 'old-%'",
        row -> row.getString(1));
  }
}
