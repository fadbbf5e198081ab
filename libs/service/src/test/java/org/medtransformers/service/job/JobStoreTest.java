package org.medtransformers.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.database.Database;

/** What the job table says of its load, with one job that was submitted an hour ago. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class JobStoreTest {
  private static final Duration LEASE = Duration.ofMinutes(1);

  @Inject JobStore store;
  @Inject Database database;

  private final String kind = "kind-" + UUID.randomUUID();

  @BeforeEach
  void submitAnHourAgo() {
    store.insert("a run", kind, "{}", 3, null, WorkOrder.NONE);
    database.update(
        "UPDATE job SET created_at = now() - interval '1 hour',"
            + " not_before = now() - interval '1 hour' WHERE kind = ?",
        kind);
  }

  @Test
  void aJobWaitsSinceItWasSubmitted() {
    assertWaiting(3600);
  }

  @Test
  void aJobThatIsHeldDoesNotWait() {
    claim();
    assertEquals(new JobStore.Load(0, 1, 0), store.load(kind));
  }

  @Test
  void aJobOfADeadWorkerWaitsSinceItsLeaseLapsed() {
    claim();
    database.update(
        "UPDATE job SET lease_until = now() - interval '5 minutes' WHERE kind = ?", kind);
    assertWaiting(300);
  }

  @Test
  void aJobWaitsSinceItWasGivenBack() {
    store.release(claim(), Duration.ZERO);
    assertWaiting(0);
  }

  @Test
  void aJobThatMayNotBeTriedYetHasNotWaited() {
    ErrorInfo error = new ErrorInfo(ErrorCode.UNAVAILABLE, "for a test");
    store.requeue(claim(), error, Duration.ofMinutes(10));
    assertEquals(new JobStore.Load(1, 0, 0), store.load(kind));
  }

  @Test
  void aResumedJobBeginsAnewWithAttemptsBeyondThoseBefore() {
    Job failed = claim();
    store.end(failed, JobState.FAILED, new ErrorInfo(ErrorCode.IO_FAILED, "for a test"));
    assertTrue(resume("{\"round\":1}", 100));
    Job resumed = claim();
    assertEquals(101, resumed.attempt());
    assertEquals(1, resumed.spent());
    assertEquals("{\"round\":1}", resumed.payload());
    assertNull(resumed.error());
    assertThrows(LeaseLostException.class, () -> store.progressed(failed));
  }

  @Test
  void whoHoldsAJobThatIsResumedHasLostItAndACancelOfBeforeIsForgotten() {
    Job held = claim();
    store.requestCancel("a run", kind);
    assertTrue(resume("{}", 100));
    assertThrows(LeaseLostException.class, () -> store.progressed(held));
    Job resumed = claim();
    assertFalse(resumed.cancelRequested());
    store.progressed(resumed);
  }

  @Test
  void theSameResumptionAgainChangesNothing() {
    resume("{}", 100);
    Job resumed = claim();
    assertFalse(resume("{}", 100));
    store.progressed(resumed);
    assertTrue(resume("{}", 200));
    assertEquals(201, claim().attempt());
  }

  @Test
  void attemptsOfAJobThatHasHadManyGoOnGrowing() {
    database.update("UPDATE job SET attempt = 250 WHERE kind = ?", kind);
    assertTrue(resume("{}", 100));
    assertEquals(251, claim().attempt());
  }

  @Test
  void aResumedRunsFirstJobOfAKindCountsOnFromThereToo() {
    assertTrue(resume("another run", "{}", 100));
    database.update("DELETE FROM job WHERE run_id = 'a run' AND kind = ?", kind);
    assertEquals(101, claim().attempt());
  }

  private boolean resume(String payload, int after) {
    return resume("a run", payload, after);
  }

  private boolean resume(String runId, String payload, int after) {
    return store.insert(runId, kind, payload, 3, null, new WorkOrder(null, 0, after, after));
  }

  private Job claim() {
    return store.claim(kind, "me", LEASE).orElseThrow();
  }

  private void assertWaiting(int seconds) {
    JobStore.Load load = store.load(kind);
    assertEquals(1, load.waiting());
    assertEquals(0, load.running());
    double beyond = load.oldestWaitingSeconds() - seconds;
    assertTrue(beyond >= 0 && beyond < 30, load::toString);
  }
}
