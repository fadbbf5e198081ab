package org.medtransformers.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.RunState;

class RunLifecyclePropertyTest {
  private static final Map<RunState, Set<RunState>> LEGAL =
      Map.of(
          RunState.QUEUED, EnumSet.of(RunState.CANCELLED),
          RunState.PREPARING, EnumSet.of(RunState.TRAINING, RunState.FAILED, RunState.CANCELLED),
          RunState.TRAINING, EnumSet.of(RunState.EVALUATING, RunState.FAILED, RunState.CANCELLED),
          RunState.EVALUATING, EnumSet.of(RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED),
          RunState.SUCCEEDED, Set.of(),
          RunState.FAILED, Set.of(),
          RunState.CANCELLED, Set.of());

  private final RunPlan plan = Samples.plan();

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Every event in every state: it counts exactly in the state that it belongs to. */
  @ParameterizedTest
  @EnumSource(RunState.class)
  void anEventCountsOnlyInItsState(RunState state) {
    for (Event event : Samples.everyEvent(1)) {
      boolean counts = RunLifecycle.apply(plan, Samples.in(state), event).isPresent();
      assertEquals(belongs(state, event), counts, () -> state + " " + event);
    }
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void whatHasCountedOnceDoesNotCountTwice(RunState state) {
    for (Event event : Samples.everyEvent(1)) {
      RunLifecycle.apply(plan, Samples.in(state), event)
          .ifPresent(
              t ->
                  assertEquals(
                      Optional.empty(),
                      RunLifecycle.apply(plan, t.status(), event),
                      () -> state + " " + event));
    }
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void anAttemptThatHasBeenReplacedIsIgnored(RunState state) {
    RunStatus second = Samples.attempt(Samples.in(state), 2);
    for (Event event : Samples.everyEvent(1)) {
      boolean ofAnAttempt = !(event instanceof RunCancelRequested);
      assertTrue(
          !ofAnAttempt || RunLifecycle.apply(plan, second, event).isEmpty(),
          () -> state + " " + event);
    }
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void aHigherAttemptIsBelieved(RunState state) {
    RunStatus second = Samples.attempt(Samples.in(state), 2);
    for (Event event : Samples.everyEvent(3)) {
      boolean counts = RunLifecycle.apply(plan, second, event).isPresent();
      assertEquals(belongs(state, event), counts, () -> state + " " + event);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderOfEventsKeepsTheRunOnItsPath(int seed) {
    Random random = new Random(seed);
    RunStatus run = RunLifecycle.start(plan).status();
    for (int i = 0; i < 60; i++) {
      List<Event> events = Samples.everyEvent(1 + random.nextInt(3));
      Event event = events.get(random.nextInt(events.size()));
      Optional<Transition> step = RunLifecycle.apply(plan, run, event);
      RunState before = run.state();
      int attempt = run.watermark().attempt();
      run = step.map(Transition::status).orElse(run);
      RunState after = run.state();
      assertTrue(before == after || LEGAL.get(before).contains(after), before + " to " + after);
      assertTrue(before != after || run.watermark().attempt() >= attempt);
      step.ifPresent(t -> assertTrue(!t.history().isEmpty()));
    }
  }

  /** Duplicates and stragglers mixed into a whole life change nothing about it. */
  @ParameterizedTest
  @MethodSource("seeds")
  void redeliveryLeavesTheSameHistory(int seed) {
    List<Event> life = Samples.life();
    Random random = new Random(seed);
    List<Event> disturbed = new ArrayList<>();
    for (int i = 0; i < life.size(); i++) {
      disturbed.add(life.get(i));
      for (int again = random.nextInt(3); again > 0; again--) {
        disturbed.add(life.get(random.nextInt(i + 1)));
      }
    }
    assertEquals(history(life), history(disturbed));
  }

  @Test
  void awholeLifeEndsInSuccess() {
    RunStatus run = RunLifecycle.start(plan).status();
    for (Event event : Samples.life()) {
      run = RunLifecycle.apply(plan, run, event).orElseThrow().status();
    }
    assertEquals(RunState.SUCCEEDED, run.state());
  }

  private List<Event> history(List<Event> events) {
    List<Event> all = new ArrayList<>();
    RunStatus run = RunLifecycle.start(plan).status();
    for (Event event : events) {
      Optional<Transition> step = RunLifecycle.apply(plan, run, event);
      step.ifPresent(t -> all.addAll(t.history()));
      run = step.map(Transition::status).orElse(run);
    }
    return all;
  }

  private static boolean belongs(RunState state, Event event) {
    boolean command =
        event instanceof DatasetEvent.PrepareRequested
            || event instanceof TrainingEvent.Requested
            || event instanceof EvaluationEvent.Requested;
    return switch (state) {
      case QUEUED -> event instanceof RunCancelRequested;
      case PREPARING ->
          !command && (event instanceof DatasetEvent || event instanceof RunCancelRequested);
      case TRAINING ->
          !command && (event instanceof TrainingEvent || event instanceof RunCancelRequested);
      case EVALUATING ->
          !command && (event instanceof EvaluationEvent || event instanceof RunCancelRequested);
      case SUCCEEDED, FAILED, CANCELLED -> false;
    };
  }
}
