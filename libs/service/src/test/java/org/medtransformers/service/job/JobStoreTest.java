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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.database.Database;

/** What the job table says of its load and of deaths, with a job submitted an hour ago. */
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

  @Test
  void aProcessThatDiesWithOneJobIsChargedToThatJob() {
    claim();
    die("me");
    Job again = claimedBy("next").orElseThrow();
    assertEquals(2, again.spent());
    assertEquals(1, again.deaths());
  }

  @Test
  void aProcessThatDiesWithTwoJobsIsChargedToNeither() {
    another("another run");
    claim();
    assertTrue(claimedBy("me").isPresent());
    die("me");
    assertEquals(1, claimedBy("first").orElseThrow().spent());
    assertEquals(1, claimedBy("second").orElseThrow().spent());
  }

  @Test
  void jobsOfOneDeadProcessAreTriedAgainAloneAndOnlyTheOneAtFaultIsGivenUp() {
    another("another run");
    claim();
    assertTrue(claimedBy("me").isPresent());
    die("me");
    int deaths = 1;
    for (; store.endExhausted(kind).isEmpty(); deaths++) {
      String process = "process " + deaths;
      assertEquals("a run", claimedBy(process).orElseThrow().runId());
      assertEquals(Optional.empty(), claimedBy(process), "nothing beside a suspect");
      die(process);
      store.noteDeaths(LEASE);
    }
    Job innocent = claimedBy("last").orElseThrow();
    assertEquals(4, deaths);
    assertEquals("another run", innocent.runId());
    assertEquals(1, innocent.spent());
    assertEquals(JobState.FAILED, store.find("a run", kind).orElseThrow().state());
  }

  @Test
  void theErrorOfAJobThatIsGivenUpSaysThatItsProcessDiedAndWhere() {
    for (int i = 1; i <= 3; i++) {
      Job job = claimedBy(i + "@host").orElseThrow();
      store.reached(job, "image %d of 30".formatted(6 + i));
      die(i + "@host");
    }
    store.noteDeaths(LEASE);
    ErrorInfo error = JobSettlement.exhausted(store.endExhausted(kind).orElseThrow());
    assertEquals(ErrorCode.ATTEMPTS_EXHAUSTED, error.code());
    assertEquals(
        "gave up after 3 attempts without progress; the process that did it died 3 times, last"
            + " 3@host"
            + kind
            + " at image 9 of 30; out of memory? (then its log has an OutOfMemoryError, or"
            + " it ended with exit code 3 or 137)",
        error.message());
  }

  @Test
  void aProcessThatHoldsAJobTakesNoOtherWhileASuspectWaits() {
    another("another run");
    claim();
    assertTrue(claimedBy("me").isPresent());
    another("third run");
    database.update("UPDATE job SET created_at = now() WHERE run_id = 'third run'");
    assertEquals("third run", claimedBy("busy").orElseThrow().runId());
    another("fourth run");
    die("me");
    assertEquals(Optional.empty(), claimedBy("busy"));
    assertEquals("a run", claimedBy("idle").orElseThrow().runId());
    assertEquals("another run", claimedBy("idle too").orElseThrow().runId());
    assertEquals("fourth run", claimedBy("busy").orElseThrow().runId());
  }

  @Test
  void aSuspectThatGetsFurtherIsNoneAnyMore() {
    another("another run");
    claim();
    assertTrue(claimedBy("me").isPresent());
    die("me");
    Job suspect = claimedBy("next").orElseThrow();
    store.progressed(suspect);
    assertEquals(0, store.find(suspect.runId(), kind).orElseThrow().deaths());
    assertEquals(Optional.empty(), claimedBy("next"), "the other one is a suspect yet");
    assertEquals("another run", claimedBy("idle").orElseThrow().runId());
  }

  /** Its neighbour's lease may lapse a moment later. */
  @Test
  void aJobOfAProcessThatMayLiveIsTakenOverOnceItsLeaseLapsedALeaseAgo() {
    another("another run");
    Job lost = claim();
    assertTrue(claimedBy("me").isPresent());
    lapsed(lost, LEASE.minusSeconds(20));
    assertEquals(Optional.empty(), claimedBy("next"));
    lapsed(lost, LEASE.plusSeconds(1));
    Job taken = claimedBy("next").orElseThrow();
    assertEquals("a run", taken.runId());
    assertEquals(2, taken.spent());
  }

  @Test
  void jobsThatWaitForMoreThanTheirTurnAreFoundOnceEachAndAFewAtATime() {
    another("another run");
    another("third run");
    for (int found : List.of(2, 1, 0)) {
      assertEquals(found, store.waitFor(kind, "room", 2).size());
    }
    assertEquals(3, store.parked(kind));
    assertEquals(List.of(), store.waitNoLonger(kind, Duration.ofHours(1), Set.of(), 2));
    assertEquals(
        List.of(),
        store.waitNoLonger(kind, Duration.ZERO, Set.of("a run", "another run", "third run"), 2));
    for (int found : List.of(2, 1, 0)) {
      assertEquals(found, store.waitNoLonger(kind, Duration.ZERO, Set.of(), 2).size());
    }
    assertEquals(0, store.parked(kind));
  }

  @Test
  void whatWaitsForRoomIsThereForWhoHasIt() {
    another("another run");
    store.waitFor(kind, "room", 2);
    assertEquals(
        Optional.empty(), store.claim(kind, "full", LEASE, Set.of("a run", "another run")));
    assertEquals(
        "a run", store.claim(kind, "roomy", LEASE, Set.of("another run")).orElseThrow().runId());
  }

  private void another(String runId) {
    store.insert(runId, kind, "{}", 3, null, WorkOrder.NONE);
  }

  private Optional<Job> claimedBy(String owner) {
    return store.claim(kind, owner + kind, LEASE, Set.of());
  }

  private void die(String owner) {
    database.update(
        "UPDATE job SET lease_until = now() - interval '1 second'"
            + " WHERE state = 'RUNNING' AND owner = ?",
        owner + kind);
  }

  private void lapsed(Job job, Duration ago) {
    database.update(
        "UPDATE job SET lease_until = now() - ? * interval '1 second'"
            + " WHERE run_id = ? AND kind = ?",
        ago.toSeconds(),
        job.runId(),
        kind);
  }

  private Job claim() {
    return claimedBy("me").orElseThrow();
  }

  private void assertWaiting(int seconds) {
    JobStore.Load load = store.load(kind);
    assertEquals(1, load.waiting());
    assertEquals(0, load.running());
    double beyond = load.oldestWaitingSeconds() - seconds;
    assertTrue(beyond >= 0 && beyond < 30, load::toString);
  }
}
