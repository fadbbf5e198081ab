package org.medtransformers.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.contracts.work.OpenJob;
import org.medtransformers.contracts.work.WorkerView;
import org.medtransformers.service.ServiceTestStack;

/** Whose job is claimed next. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class JobTurnsTest {
  private static final Duration LEASE = Duration.ofMinutes(1);

  @Inject JobStore store;
  @Inject OpenJobs openJobs;

  private final String kind = "kind-" + UUID.randomUUID();

  @Test
  void aThousandJobsOfOneExperimentDoNotHoldUpTheOneOfAnother() {
    submit("crowd", 1000);
    submit("late", 1);
    assertEquals(List.of("crowd-1", "late-1", "crowd-2", "crowd-3"), claim(4));
  }

  @Test
  void thoseThatNameNoExperimentHaveOneTurnTogether() {
    store.insert("old-1", kind, "{}", 3, null, WorkOrder.NONE);
    store.insert("old-2", kind, "{}", 3, null, WorkOrder.NONE);
    submit("new", 2);
    assertEquals(List.of("old-1", "new-1", "old-2", "new-2"), claim(4));
  }

  @Test
  void inAsManyClaimsAsThereAreExperimentsEachIsServed() {
    List<String> experiments = List.of("a", "b", "c", "d", "e");
    experiments.forEach(experiment -> submit(experiment, 20));
    List<String> claimed = claim(100);
    for (int from = 0; from < claimed.size(); from += experiments.size()) {
      assertEquals(
          Set.copyOf(experiments),
          new HashSet<>(
              claimed.subList(from, from + experiments.size()).stream()
                  .map(runId -> runId.substring(0, runId.indexOf('-')))
                  .toList()));
    }
  }

  @Test
  void anExperimentThatComesInTheMiddleIsServedNext() {
    submit("a", 5);
    submit("b", 5);
    claim(4);
    submit("c", 5);
    assertEquals(List.of("c-1", "a-3", "b-3", "c-2"), claim(4));
  }

  @Test
  void aHigherPriorityGoesFirstHoweverLateAndALowerOneLast() {
    submit("low", 1, -1);
    submit("plain", 2, 0);
    submit("high", 3, 1);
    assertEquals(List.of("high-1", "high-2", "high-3", "plain-1", "plain-2", "low-1"), claim(6));
  }

  @Test
  void aJobThatIsTriedAgainWaitsForTheTurnOfItsExperiment() {
    submit("a", 2);
    submit("b", 2);
    Job first = store.claim(kind, "me", LEASE, Set.of()).orElseThrow();
    store.release(first, Duration.ZERO);
    assertEquals(List.of("b-1", "a-1", "b-2", "a-2"), claim(4));
  }

  @Test
  void theTurnsThatAreShownAreThoseInWhichJobsAreClaimed() {
    submit("a", 3);
    submit("b", 3);
    claim(1);
    submit("c", 2, 5);
    submit("low", 1, -1);
    List<OpenJob> open = openJobs.of(kind, List::of).jobs();
    List<OpenJob> waiting = open.stream().filter(job -> job.owner() == null).toList();
    assertEquals(
        IntStream.rangeClosed(1, 8).boxed().toList(), waiting.stream().map(OpenJob::turn).toList());
    assertEquals(waiting.stream().map(OpenJob::runId).toList(), all());
  }

  @Test
  void ofAHeldJobItIsShownWhoHoldsItAndWhenThatWasHeardOf() {
    submit("a", 2);
    store.claim(kind, "me", Duration.ofSeconds(60), Set.of());
    WorkerView shown = openJobs.of(kind, () -> List.of("a device"));
    assertEquals(List.of(1L, 1L), List.of(shown.running(), shown.waiting()));
    assertEquals(List.of("a device"), shown.devices());
    OpenJob held = shown.jobs().get(0);
    assertEquals("me", held.owner());
    assertNull(held.turn());
    assertEquals(1, shown.jobs().get(1).turn());
    assertNull(shown.jobs().get(1).heard());
  }

  @Test
  void aJobWhoseHolderIsGoneWaitsAgain() {
    submit("a", 1);
    store.claim(kind, "me", Duration.ZERO, Set.of());
    OpenJob open = openJobs.of(kind, List::of).jobs().get(0);
    assertNull(open.owner());
    assertEquals(1, open.turn());
  }

  @Test
  void whoClaimAtOnceGetEveryJobOnce() throws Exception {
    submit("a", 100);
    submit("b", 100);
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<String>>> claims = List.of(this::all, this::all, this::all, this::all);
      List<String> claimed = new ArrayList<>();
      for (Future<List<String>> each : workers.invokeAll(claims)) {
        claimed.addAll(each.get());
      }
      assertEquals(200, claimed.size());
      assertEquals(200, Set.copyOf(claimed).size());
    } finally {
      workers.shutdown();
    }
  }

  @Test
  void attemptsCountOnFromThoseThatWereHeardOf() {
    store.insert("run", kind, "{}", 3, null, new WorkOrder("a", 0, 4, 0));
    Job job = store.claim(kind, "me", LEASE, Set.of()).orElseThrow();
    assertEquals(5, job.attempt());
    assertEquals(1, job.spent());
  }

  private void submit(String experiment, int jobs) {
    submit(experiment, jobs, 0);
  }

  private void submit(String experiment, int jobs, int priority) {
    WorkOrder order = new WorkOrder(experiment, priority, 0, 0);
    IntStream.rangeClosed(1, jobs)
        .forEach(i -> store.insert(experiment + "-" + i, kind, "{}", 3, null, order));
  }

  private List<String> claim(int jobs) {
    return all(jobs).toList();
  }

  private List<String> all() {
    return all(Integer.MAX_VALUE).toList();
  }

  private Stream<String> all(int jobs) {
    return Stream.generate(() -> store.claim(kind, "me", LEASE, Set.of()))
        .limit(jobs)
        .takeWhile(Optional::isPresent)
        .map(job -> job.orElseThrow().runId());
  }
}
