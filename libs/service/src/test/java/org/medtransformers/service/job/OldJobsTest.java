package org.medtransformers.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;

/** In transactions that nobody else sees, nor the timer that forgets in this process. */
@TestTransaction
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class OldJobsTest {
  @Inject MedtransConfig config;
  @Inject Database database;

  /** However long one waits or is at work, it is not forgotten. */
  @Test
  void onlyJobsThatEndedLongAgoAreForgotten() {
    insert("done", "DONE", 31);
    insert("failed", "FAILED", 31);
    insert("cancelled", "CANCELLED", 31);
    insert("young", "DONE", 29);
    insert("waits", "QUEUED", 400);
    insert("works", "RUNNING", 400);
    OldJobs jobs =
        new OldJobs(
            database,
            config,
            List.of(new ScriptedHandler("old", time -> {}, context -> Outcome.done())));
    assertEquals(2, jobs.forget(2));
    assertEquals(1, jobs.forget(2));
    assertEquals(
        List.of("waits", "works", "young"),
        database.query(
            "SELECT run_id FROM job WHERE kind = 'old' ORDER BY run_id", row -> row.getString(1)));
  }

  private void insert(String run, String state, int daysAgo) {
    database.update(
        "INSERT INTO job (run_id, kind, payload, state, max_attempts, lease_until, updated_at)"
            + " VALUES (?, 'old', '{}', ?, 1, now() + interval '1 day',"
            + " now() - ? * interval '1 day')",
        run,
        state,
        daysAgo);
  }
}
