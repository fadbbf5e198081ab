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
class OldInboxTest {
  @Inject OldInbox inbox;
  @Inject Database database;

  @Test
  void onlyWhatIsOlderThanTheMemoryIsForgotten() {
    insert("old", 31);
    insert("young", 29);
    assertEquals(1, inbox.forget(10));
    assertEquals(
        List.of("young"),
        database.query(
            "SELECT event_id FROM inbox WHERE source = '/old-inbox'", row -> row.getString(1)));
  }

  @Test
  void noMoreGoAtATimeThanAsked() {
    insert("first", 40);
    insert("second", 40);
    insert("third", 40);
    assertEquals(2, inbox.forget(2));
    assertEquals(1, inbox.forget(2));
  }

  private void insert(String id, int daysAgo) {
    database.update(
        "INSERT INTO inbox VALUES ('/old-inbox', ?, now() - ? * interval '1 day')", id, daysAgo);
  }
}
