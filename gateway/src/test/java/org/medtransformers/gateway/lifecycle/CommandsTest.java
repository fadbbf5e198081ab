package org.medtransformers.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.contracts.result.RunState;

class CommandsTest {
  @ParameterizedTest
  @EnumSource(Stage.class)
  void thePriorityOfTheFileIsThatOfEveryCommand(Stage stage) {
    RunPlan urgent = Samples.planWith("\"priority\": 7");
    assertEquals(7, order(urgent, stage, 0).priority());
    assertEquals(0, order(Samples.plan(), stage, 0).priority());
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void aCommandTellsItsExperimentAndTheLastAttemptThatWasHeardOf(Stage stage) {
    assertEquals(new WorkOrder(Samples.EXPERIMENT, 0, 3, 0), order(Samples.plan(), stage, 3));
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"QUEUED", "SUCCEEDED", "FAILED", "CANCELLED"})
  void whereWorkersHaveNothingToDoThereIsNoCommand(RunState state) {
    assertThrows(
        IllegalArgumentException.class, () -> Commands.of(Samples.plan(), Samples.in(state)));
  }

  @Test
  void aModelIsTestedWithTheSumOfItsFile() {
    TrainedModel model = new TrainedModel("other", "/w.pth", "5".repeat(64), null);
    EvaluationEvent.Requested command =
        (EvaluationEvent.Requested)
            Commands.of(Samples.planTesting(model), Samples.in(RunState.EVALUATING));
    assertEquals("5".repeat(64), command.weightsSha256());
  }

  private static WorkOrder order(RunPlan plan, Stage stage, int attempt) {
    Event command = Commands.of(plan, Samples.attempt(Samples.in(stage.state()), attempt));
    return switch (stage) {
      case PREPARE -> ((DatasetEvent.PrepareRequested) command).order();
      case TRAIN -> ((TrainingEvent.Requested) command).order();
      case EVALUATE -> ((EvaluationEvent.Requested) command).order();
    };
  }
}
