package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;

/** Experiment files that search the learning rate. */
class LearningRateFinderTest {
  private static final String GRID = "lr_finder.grid_search_params.";
  private ObjectNode document;

  @BeforeEach
  void readDocument() throws IOException {
    document = ExperimentFileTest.everyKey();
    set("medtrans.lr_finder", true);
    set(GRID + "min_pow", -4);
    set(GRID + "max_pow", -2);
    set(GRID + "resolution", 3);
    set(GRID + "n_epochs", 2);
  }

  private void set(String path, Object value) {
    Overrides.set(document, path, Json.tree(value));
  }

  private List<PlannedRun> runs() {
    return ExperimentFile.read(document).runs();
  }

  private static double rate(PlannedRun run) {
    return run.file().tree().at("/optimization_params/default/optimizer/params/lr").doubleValue();
  }

  private String onlyError() {
    List<ErrorInfo> errors =
        assertThrows(MedtransException.class, () -> ExperimentFile.read(document)).errors();
    assertEquals(1, errors.size(), errors::toString);
    return errors.get(0).message();
  }

  @Test
  void everyTrialIsAsLongAsTheOthers() {
    set("medtrans.early_stop_patience", 1);
    set(GRID + "report_intermediate_steps", true);
    for (PlannedRun run : runs()) {
      assertEquals(2, run.file().tree().at("/training_params/epochs").intValue());
      assertTrue(run.file().tree().at("/medtrans/early_stop_patience").isMissingNode());
    }
  }

  @Test
  void everyLearningRateIsTriedByARunFromTheSameSeed() {
    List<PlannedRun> runs = runs();
    assertEquals(
        List.of(1e-4, 1e-3, 1e-2), runs.stream().map(LearningRateFinderTest::rate).toList());
    assertEquals(List.of(1e-4, 1e-3, 1e-2), runs.stream().map(PlannedRun::learningRate).toList());
    assertEquals(1, runs.stream().map(PlannedRun::seed).distinct().count());
    assertEquals(1, runs.stream().map(PlannedRun::initialisation).distinct().count());
    assertEquals(List.of("lr 1.000e-04"), runs.get(0).labels());
  }

  @Test
  void aTrialRunsAtAConstantRateAndIsJudgedByItsLastModel() {
    RunConfig trial = runs().get(0).file().config();
    assertEquals(List.of(), trial.optimization().main().scheduler().type());
    assertEquals(2, trial.training().epochs());
    assertEquals(2, trial.training().valEvery());
    assertEquals(false, trial.training().saveBestModel());
    assertEquals("", trial.training().saveDir());
    assertEquals("APTOS2019_deit-s_lr_finder", trial.training().modelName());
  }

  @Test
  void aKeptScheduleBeginsAtTheRateThatIsTried() {
    set(GRID + "keep_schedule", true);
    RunConfig trial = runs().get(2).file().config();
    assertEquals(
        List.of(SchedulerType.LINEAR_WARMUP, SchedulerType.COSINE_ANNEALING),
        trial.optimization().main().scheduler().type());
    assertEquals(1e-2, rate(runs().get(2)));
    assertEquals(1, trial.training().valEvery(), "a schedule may watch the validation");
  }

  @Test
  void intermediateStepsAreValidatedAfterEveryEpoch() {
    set(GRID + "report_intermediate_steps", true);
    assertEquals(1, runs().get(0).file().config().training().valEvery());
  }

  @Test
  void nothingScalesTheRateThatIsTried() {
    set("optimization_params.default.optimizer.autoscale_lr", true);
    Experiment experiment = ExperimentFile.read(document);
    RunConfig trial = experiment.runs().get(0).file().config();
    assertEquals(false, trial.optimization().main().optimizer().autoscaleLr());
    assertTrue(
        experiment.notices().stream().anyMatch(n -> n.contains("optimizer.autoscale_lr: off")),
        experiment.notices()::toString);
  }

  @Test
  void withoutASectionTheDefaultsAreSearched() {
    document.remove("lr_finder");
    List<PlannedRun> runs = runs();
    assertEquals(25, runs.size());
    assertEquals(1e-5, rate(runs.get(0)));
    assertEquals(1e-2, rate(runs.get(24)));
    assertEquals(5, runs.get(0).file().config().training().epochs());
  }

  @Test
  void drawsFollowFromTheSeedOfTheExperimentAndAreTheSameInEachRepetition() {
    set(GRID + "random_lr", true);
    set("experiment.seed", 11);
    set("experiment.repetitions", 2);
    List<PlannedRun> runs = runs();
    List<Double> draws = LearningRateGrid.random(-4, -2, 3, 11);
    assertEquals(draws, runs.stream().map(LearningRateFinderTest::rate).distinct().toList());
    assertEquals(rate(runs.get(0)), rate(runs.get(1)));
    assertNotEquals(runs.get(0).seed(), runs.get(1).seed());
  }

  @Test
  void everyPointOfTheMatrixIsASearchOfItsOwn() {
    document.set(
        "experiment",
        Json.parse(
            """
            {"matrix": [[
              {"label": "CNN", "set": {"model_params.backbone_type": "resnet50"}},
              {"label": "no search", "set": {"medtrans.lr_finder": false}}]]}
            """));
    List<PlannedRun> runs = runs();
    assertEquals(4, runs.size());
    assertEquals(List.of("CNN", "lr 1.000e-04"), runs.get(0).labels());
    assertEquals(null, runs.get(3).learningRate());
    assertEquals(25, runs.get(3).file().config().training().epochs());
  }

  /** As {@code --checkpoint RUN} repeats a run from its resolved file. */
  @Test
  void theFileOfATrialRepeatsTheSearch() {
    List<PlannedRun> runs = runs();
    ObjectNode trial = runs.get(1).file().tree();
    assertEquals(
        runs.stream().map(r -> r.file().sha256()).toList(),
        ExperimentFile.read(trial).runs().stream().map(r -> r.file().sha256()).toList());
  }

  @Test
  void learningRatesCountAmongTheThousandRuns() {
    set("experiment.repetitions", 10);
    set(GRID + "resolution", 100);
    assertEquals(1000, runs().size());
    set(GRID + "resolution", 101);
    assertEquals(
        GRID + "resolution: with matrix and repetitions 1010 runs, allowed: 1000", onlyError());
  }

  @Test
  void theSameRateIsNotTriedTwice() {
    set(GRID + "min_pow", -2);
    assertEquals(
        GRID + "resolution: found 3, allowed: 1 where min_pow equals max_pow", onlyError());
    set(GRID + "resolution", 1);
    assertEquals(List.of(1e-2), runs().stream().map(LearningRateFinderTest::rate).toList());
  }

  @Test
  void aModelThatIsOnlyTestedIsNotSearchedFor() {
    set("medtrans.test_only", true);
    assertTrue(onlyError().startsWith("medtrans.lr_finder: found true"), this::onlyError);
  }

  @Test
  void aSearchDoesNotGoOnFromAnEarlierRun() {
    set("training_params.restore_session", true);
    assertTrue(
        onlyError().endsWith("with training_params.restore_session or restore_only_model"),
        this::onlyError);
  }
}
