package org.medtransformers.gateway.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.service.database.Database;

/** In transactions that nobody else sees, nor the timer that forgets in this process. */
@TestTransaction
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class OldLettersTest {
  @Inject OldLetters letters;
  @Inject Database database;

  @Test
  void whatNobodyHasSeenToWaitsWithoutEndAndTheRestGoesAfterAMonth() {
    insert("waits", "WAITING", 400);
    insert("replayed", "REPLAYED", 31);
    insert("dropped", "DROPPED", 31);
    insert("young", "DROPPED", 29);
    assertEquals(1, letters.forget(1));
    assertEquals(1, letters.forget(10));
    assertEquals(
        List.of("waits", "young"),
        database.query(
            "SELECT reason FROM dead_letter WHERE topic = 'old' ORDER BY reason",
            row -> row.getString(1)));
  }

  private void insert(String name, String state, int daysAgo) {
    database.update(
        "INSERT INTO dead_letter (id, topic, reason, headers, bytes, kept, put_at, state,"
            + " settled_at) VALUES (gen_random_uuid(), 'old', ?, '[]', 0, true, now(), ?,"
            + " now() - ? * interval '1 day')",
        name,
        state,
        daysAgo);
  }
}
