package org.medtransformers.gateway.history;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunResult.MetricsBySplit;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.fakes.CloudEvents;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.gateway.fakes.MovedClock;
import org.medtransformers.gateway.fakes.PlainKafka;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.Outbox;

/**
 * What has been lost on the way between the gateway and workers, and workers that are away. Silence
 * is as long as a test says: the limits are those of a real gateway, and a second one compares
 * here, by a clock that is moved.
 */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ReconciliationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** More than a state may be silent, and less than a notice says so after. */
  private static final Duration SILENCE = Duration.ofMinutes(6);

  @Inject FakeWorkers workers;
  @Inject Database database;
  @Inject Outbox outbox;
  @Inject RunPlans plans;
  @Inject History history;
  @Inject GatewayConfig config;
  @Inject Scheduler scheduler;
  LocalBroker broker;

  private final MovedClock clock = new MovedClock();
  private Reconciliation reconciliation;

  @BeforeEach
  void start() {
    reconciliation = new Reconciliation(plans, history, outbox, database, config, clock);
    reconciliation.compare();
  }

  /** Nothing is heard for so long. */
  private void passes(Duration silence) {
    clock.passes(silence);
    reconciliation.compare();
  }

  @Test
  void aGatewayComparesByItselfAsOftenAsItIsTold() {
    Trigger trigger =
        scheduler.getScheduledJobs().stream()
            .filter(
                job ->
                    (Reconciliation.class.getName() + "#compare")
                        .equals(job.getMethodDescription()))
            .findFirst()
            .orElseThrow();
    Duration next = Duration.between(Instant.now(), trigger.getNextFireTime());
    assertTrue(next.compareTo(config.reconciliation().every()) <= 0, () -> "the next in " + next);
  }

  @Test
  void aRunWhoseResultWasLostEndsWithItAllTheSame() {
    String id = Gateway.post(Documents.single(FakeTraining.LOST_RESULT));
    Gateway.allIn(id, RunState.TRAINING);
    ExperimentView lost =
        Gateway.until(
            id,
            view -> {
              passes(SILENCE);
              return view.experiment().state() != ExperimentState.RUNNING;
            });
    ExperimentView plain = Gateway.ended(Gateway.post(Documents.single("demo")));
    assertEquals(ExperimentState.SUCCEEDED, lost.experiment().state());
    assertEquals(metrics(plain), metrics(lost));
    assertEquals(plain.runs().get(0).costs(), lost.runs().get(0).costs());
    assertEquals(1, workers.commands(run(lost), TrainingEvent.Requested.class).size());
  }

  @Test
  void aRunWhoseCommandWasLostIsAskedForAgainWhichANoticeTells() {
    String id = Gateway.post(Documents.single(FakeTraining.LOST_COMMAND));
    String run = run(Gateway.allIn(id, RunState.TRAINING));
    await()
        .atMost(PATIENCE)
        .until(() -> workers.commands(run, TrainingEvent.Requested.class).size() == 1);
    passes(SILENCE);
    ExperimentView view = Gateway.ended(id);
    assertEquals(ExperimentState.SUCCEEDED, view.experiment().state());
    List<TrainingEvent.Requested> commands = workers.commands(run, TrainingEvent.Requested.class);
    assertEquals(2, commands.size());
    assertEquals(commands.get(0), commands.get(1));
    assertTrue(noticed(view, "knew nothing of this run while it was TRAINING"));
  }

  @Test
  void aRunThatItsWorkersHaveIsAskedForAndLeftAlone() {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = run(Gateway.allIn(id, RunState.TRAINING));
    for (int questions = 1; questions <= 3; questions++) {
      passes(SILENCE);
      int asked = questions;
      await()
          .atMost(PATIENCE)
          .until(() -> workers.commands(run, RunInquired.class).size() == asked);
      await().atMost(PATIENCE).until(() -> answered(run));
    }
    ExperimentView view = Gateway.get(id);
    assertEquals(RunState.TRAINING, view.runs().get(0).state());
    assertFalse(noticed(view, "no worker"));
    assertEquals(1, workers.commands(run, TrainingEvent.Requested.class).size());
    cancel(id);
    Gateway.ended(id);
  }

  @Test
  void aRunThatNobodyAnswersForWaitsWithANotice() throws IOException {
    String id = Gateway.post(silent());
    passes(SILENCE);
    passes(config.reconciliation().noticeAfter().minusSeconds(1));
    assertFalse(noticed(Gateway.get(id), "no worker"));
    passes(SILENCE);
    ExperimentView view = Gateway.get(id);
    assertTrue(noticed(view, "no worker has said anything of this run"));
    assertEquals(RunState.PREPARING, view.runs().get(0).state());
    end(id);
  }

  @Test
  void aSecondCancelEndsARunThatNobodyAnswersForAndItCanBeDeleted() throws IOException {
    String id = Gateway.post(silent());
    String run = run(Gateway.get(id));
    cancel(id);
    cancel(id);
    assertEquals(ExperimentState.CANCELLED, Gateway.get(id).experiment().state());
    assertTrue(noticed(Gateway.get(id), "cancelled while no worker said anything"));
    await()
        .atMost(PATIENCE)
        .until(() -> workers.commands(run, RunCancelRequested.class).size() == 2);
    PlainKafka.send(CloudEvents.record(new DatasetEvent.Prepared(run, 1, FakeTraining.DATASET)));
    given().delete(Gateway.EXPERIMENTS + "/" + id).then().statusCode(204);
    given().get(Gateway.EXPERIMENTS + "/" + id).then().statusCode(404);
  }

  @Test
  void oneCancelIsEnoughForWhoWaits() throws IOException {
    String id = Gateway.post(silent());
    cancel(id);
    passes(config.reconciliation().cancelPatience().minusSeconds(5));
    assertEquals(ExperimentState.RUNNING, Gateway.get(id).experiment().state());
    passes(config.reconciliation().cancelPatience());
    assertEquals(ExperimentState.CANCELLED, Gateway.get(id).experiment().state());
  }

  @Test
  void aRunThatItsWorkersDoNotKnowIsCancelledByTheFirstThatAsks() {
    String id = Gateway.post(Documents.single(FakeTraining.LOST_COMMANDS));
    Gateway.allIn(id, RunState.TRAINING);
    cancel(id);
    ExperimentView view = Gateway.ended(id);
    assertEquals(ExperimentState.CANCELLED, view.experiment().state());
    assertFalse(noticed(view, "no worker"));
  }

  @Test
  void aSecondCancelIsSentToWorkersThatHaveTheRunAndLeavesItsEndToThem() {
    String id = Gateway.post(Documents.single(FakeTraining.DEAF));
    String run = run(Gateway.allIn(id, RunState.TRAINING));
    for (int cancels = 1; cancels <= 2; cancels++) {
      cancel(id);
      int asked = cancels;
      await()
          .atMost(PATIENCE)
          .until(() -> workers.commands(run, RunCancelRequested.class).size() >= asked);
      await().atMost(PATIENCE).until(() -> answered(run));
    }
    assertEquals(RunState.TRAINING, Gateway.get(id).runs().get(0).state());
    PlainKafka.send(CloudEvents.record(new TrainingEvent.Cancelled(run, 1, 5)));
    Gateway.ended(id);
  }

  @Test
  void aGatewayThatStartsAsksForEveryRunAndCountsSilenceAfresh() throws IOException {
    String id = Gateway.post(silent());
    String run = run(Gateway.get(id));
    database.update(
        "UPDATE run SET asked_at = now(), unanswered_since = now() - interval '1 day' WHERE id = ?",
        UUID.fromString(run));
    Instant start = compareAtStart();
    assertEquals(List.of(start), unansweredSince(run));
    assertFalse(noticed(Gateway.get(id), "no worker"));
    end(id);
  }

  @Test
  void aRunIsSilentBeyondTheLimitAndNotAtIt() throws IOException {
    String id = Gateway.post(silent());
    UUID run = UUID.fromString(run(Gateway.get(id)));
    Instant last = Instant.parse("2126-05-04T03:02:01Z");
    database.update(
        "UPDATE run SET answered_at = ?, asked_at = NULL WHERE id = ?",
        last.atOffset(ZoneOffset.UTC),
        run);
    assertFalse(silentSince(last).contains(run));
    assertTrue(silentSince(last.plusMillis(1)).contains(run));
    cancel(id);
    cancel(id);
  }

  @Test
  void whileTheBrokerIsAwayQuestionsDoNotPileUp() throws IOException {
    // Of runs of other tests: while one waits, none is added.
    await().atMost(PATIENCE).until(() -> !outbox.waits(RunInquired.class));
    broker.stop();
    try {
      String id = Gateway.post(silent());
      UUID run = UUID.fromString(run(Gateway.get(id)));
      passes(SILENCE);
      assertEquals(1, questionsThatWait(run));
      database.update("UPDATE run SET asked_at = now() - interval '1 day' WHERE id = ?", run);
      compareAtStart();
      assertEquals(1, questionsThatWait(run));
      cancel(id);
      cancel(id);
    } finally {
      broker.start();
    }
  }

  /** Of a run that nobody answers for. */
  private void end(String id) {
    cancel(id);
    passes(config.reconciliation().cancelPatience().plus(SILENCE));
    assertEquals(ExperimentState.CANCELLED, Gateway.get(id).experiment().state());
  }

  private long questionsThatWait(UUID run) {
    return database
        .query(
            "SELECT count(*) FROM outbox WHERE type = 'run.inquired.v1' AND event_key = ?",
            row -> row.getLong(1),
            run.toString())
        .get(0);
  }

  /** What a gateway does that starts now; it is then. */
  private Instant compareAtStart() {
    Instant start = Instant.now().plusMillis(5).truncatedTo(ChronoUnit.MILLIS);
    new Reconciliation(plans, history, outbox, database, config, Clock.fixed(start, ZoneOffset.UTC))
        .compare();
    return start;
  }

  private List<UUID> silentSince(Instant limit) {
    return database.inTransaction(() -> RunEntity.silent(RunState.PREPARING, false, limit, 10_000));
  }

  private List<Instant> unansweredSince(String run) {
    return database.query(
        "SELECT unanswered_since FROM run WHERE id = ?",
        row -> row.getTimestamp(1).toInstant(),
        UUID.fromString(run));
  }

  private boolean answered(String run) {
    return database
        .query(
            "SELECT unanswered_since IS NULL FROM run WHERE id = ?",
            row -> row.getBoolean(1),
            UUID.fromString(run))
        .get(0);
  }

  private static ObjectNode silent() throws IOException {
    Path folder = GatewayTestStack.DATA.resolve(FakeWorkers.NO_ANSWER);
    Files.createDirectories(folder);
    return Documents.with(
        Documents.single("demo"), "dataset_params.data_location", folder.toString());
  }

  private static void cancel(String id) {
    given().post(Gateway.EXPERIMENTS + "/" + id + "/cancel").then().statusCode(202);
  }

  private static boolean noticed(ExperimentView view, String words) {
    return view.notices().stream().anyMatch(notice -> notice.contains(words));
  }

  private static MetricsBySplit metrics(ExperimentView view) {
    return view.runs().get(0).metrics();
  }

  private static String run(ExperimentView view) {
    return view.runs().get(0).id();
  }
}
