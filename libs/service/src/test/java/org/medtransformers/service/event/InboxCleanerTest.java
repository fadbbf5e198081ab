package org.medtransformers.service.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.database.Database;

@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class InboxCleanerTest {
  @Inject InboxCleaner cleaner;
  @Inject Database database;

  @Test
  void onlyWhatIsOlderThanTheMemoryIsForgotten() {
    insert("old", 31);
    insert("young", 29);
    cleaner.clean();
    assertEquals(
        List.of("young"),
        database.query(
            "SELECT event_id FROM inbox WHERE source = '/cleaner'", row -> row.getString(1)));
  }

  @Test
  void soAreRecordsThatAReceiverDiedWithAndReceiversThatStopped() {
    for (int days : new int[] {29, 31}) {
      database.update(
          "INSERT INTO delivery VALUES ('cleaner', 0, ?, NULL, 1, now() - ? * interval '1 day')",
          days,
          days);
      database.update(
          "INSERT INTO stopped_receiver VALUES (?, now() - ? * interval '1 day')",
          "cleaner-" + days,
          days);
    }
    cleaner.clean();
    assertEquals(
        List.of(29),
        database.query(
            "SELECT topic_offset FROM delivery WHERE topic = 'cleaner'", row -> row.getInt(1)));
    assertEquals(
        List.of("cleaner-29"),
        database.query(
            "SELECT receiver FROM stopped_receiver WHERE receiver LIKE 'cleaner-%'",
            row -> row.getString(1)));
  }

  private void insert(String id, int daysAgo) {
    database.update(
        "INSERT INTO inbox VALUES ('/cleaner', ?, now() - ? * interval '1 day')", id, daysAgo);
  }
}
