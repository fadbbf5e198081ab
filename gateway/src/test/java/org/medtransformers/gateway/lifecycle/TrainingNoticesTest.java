package org.medtransformers.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.result.RunState;

/** What is told of a training that has ended. */
class TrainingNoticesTest {
  @Test
  void aTrainingWithoutLabelsThatEndsCollapsedSaysSo() {
    assertEquals(
        List.of(
            "sample: medtrans.method dino looks collapsed: the embedding's standard deviation was"
                + " 0.0010 at the end, less than a tenth of that of embeddings that differ",
            "training_params.knn_nhood: found 200, the training split of APTOS2019 has 70 images:"
                + " all vote"),
        noticesAfter(new Collapse(0.1, 0.001, true)));
    assertEquals(
        "sample: medtrans.method dino looks collapsed: the mean entropy of the teacher's output was"
            + " 8.31 nats at the end, nearly that of a uniform one",
        noticesAfter(new Collapse(8.31, 0.05, true)).get(0));
    assertEquals(1, noticesAfter(new Collapse(2.0, 0.05, false)).size());
  }

  private static List<String> noticesAfter(Collapse collapse) {
    RunPlan dino = Samples.planWithoutLabels();
    RunStatus run = Samples.in(RunState.TRAINING);
    TrainingEvent.Progress last =
        new TrainingEvent.Progress(
            Samples.RUN, 1, 5, 100, 100, 1.5, 1e-4, 1.0, 80.0, 0.0, 0.1, collapse);
    for (Event event : List.of(Samples.started(1, 1), last, Samples.completed(1))) {
      run = RunLifecycle.apply(dino, run, event).orElseThrow().status();
    }
    return run.outcome().notices();
  }

  /** Nothing is measured on them, so the run ends with its training. */
  @Test
  void imagesWithoutLabelsAreNotTestedAndLossAndCollapseAreTold() {
    PreparedDataset images =
        new PreparedDataset(
            "abc",
            Samples.description(List.of()),
            new SplitSizes(70, 0, 0),
            null,
            null,
            0,
            List.of());
    RunStatus run =
        RunStatus.QUEUED.with(RunOutcome.NONE.prepared(images)).enter(RunState.TRAINING, "waiting");
    TrainingEvent.Progress last =
        new TrainingEvent.Progress(
            Samples.RUN,
            1,
            5,
            100,
            100,
            1.5,
            1e-4,
            1.0,
            80.0,
            0.0,
            0.1,
            new Collapse(2.0, 0.05, false));
    TrainingEvent.Completed completed =
        new TrainingEvent.Completed(Samples.RUN, 1, 100, 100, "best", null, null, null, List.of());
    Transition end = null;
    for (Event event : List.of(Samples.started(1, 1), last, completed)) {
      end = RunLifecycle.apply(Samples.planWithoutLabels(), run, event).orElseThrow();
      run = end.status();
    }
    assertEquals(RunState.SUCCEEDED, run.state());
    assertEquals("runs/" + Samples.RUN + "/best", run.outcome().checkpoint());
    assertTrue(
        end.outgoing().stream().noneMatch(out -> out.topic().equals(Topics.EVALUATION_COMMANDS)));
    assertEquals(
        List.of(
            "sample: the 70 images of APTOS2019 have no labels, so no neighbours were asked and"
                + " nothing was tested; the last model is kept; loss at the end 1.500; standard"
                + " deviation of the embeddings 0.050"),
        run.outcome().notices());
  }

  @Test
  void aTrainingWithoutLabelsIsComparedWithItsBeginning() {
    assertEquals(
        List.of(
            "sample: medtrans.method dino did not help: the nearest neighbours of the chosen model"
                + " reach a cohen_kappa of 0.5000 on the validation split, those of the network as"
                + " it began 0.6000"),
        noticesOfNoUse(0.6));
    assertEquals(List.of(), noticesOfNoUse(0.4));
  }

  /** But for that of the neighbours that there are. */
  private static List<String> noticesOfNoUse(double before) {
    TrainingEvent.Completed completed =
        new TrainingEvent.Completed(
            Samples.RUN,
            1,
            100,
            80,
            "best",
            Samples.metrics(0.5),
            null,
            Samples.metrics(before),
            null);
    RunStatus begun = Samples.attempt(Samples.in(RunState.TRAINING), 1);
    RunOutcome end =
        RunLifecycle.apply(Samples.planWithoutLabels(), begun, completed)
            .orElseThrow()
            .status()
            .outcome();
    assertEquals(Samples.metrics(before), end.beginning());
    return end.notices().stream().filter(notice -> notice.contains("did not help")).toList();
  }
}
