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

  private void insert(String id, int daysAgo) {
    database.update(
        "INSERT INTO inbox VALUES ('/cleaner', ?, now() - ? * interval '1 day')", id, daysAgo);
  }
}
