package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.Phase;

class PhasesTest {
  private static final String TWICE =
      """
      [{"method": "supervised", "set": {"training_params.epochs": 3}}, {"method": "supervised"}]\
      """;

  private ObjectNode document;

  @BeforeEach
  void readDocument() throws IOException {
    document = ExperimentFileTest.everyKey();
    set("model_params.pretrained", "false");
    set("training_params.model_name", "\"model\"");
  }

  private void set(String path, String json) {
    Overrides.set(document, path, Json.parse(json));
  }

  private List<PlannedRun> runs() {
    return ExperimentFile.read(document).runs();
  }

  private static <T> List<T> each(List<PlannedRun> runs, Function<PlannedRun, T> what) {
    return runs.stream().map(what).toList();
  }

  private String onlyError() {
    List<ErrorInfo> errors =
        assertThrows(MedtransException.class, () -> ExperimentFile.read(document)).errors();
    assertEquals(1, errors.size(), errors::toString);
    return errors.get(0).message();
  }

  @Test
  void withoutPhasesARunIsAllThereIs() {
    PlannedRun run = runs().get(0);
    assertEquals(Phase.ONLY, run.phase());
    assertNull(run.follows());
  }

  @Test
  void aPhaseFollowsThatOfTheSameRepetitionAndSeed() {
    set("experiment.phases", TWICE);
    set("experiment.repetitions", "2");
    set("experiment.seed", "5");
    List<PlannedRun> runs = runs();
    Phase first = new Phase(1, false);
    Phase second = new Phase(2, true);
    assertEquals(List.of(first, first, second, second), each(runs, PlannedRun::phase));
    assertEquals(List.of(5L, 6L, 5L, 6L), each(runs, PlannedRun::seed));
    assertEquals(
        Stream.of(null, null, 0, 1).toList(), runs.stream().map(PlannedRun::follows).toList());
  }

  @Test
  void eachPhaseHasItsOwnSettingsAndAllButTheLastANameOfItsOwn() {
    set("experiment.phases", TWICE);
    List<PlannedRun> runs = runs();
    assertEquals(List.of(3, 25), each(runs, r -> r.file().config().training().epochs()));
    assertEquals(
        List.of("model_phase_1", "model"),
        each(runs, r -> r.file().config().training().modelName()));
  }

  @Test
  void theInitialisationNamesTheChain() {
    set("model_params.pretrained", "true");
    set("model_params.transformers_params.pretrained_type", "\"supervised\"");
    set("experiment.phases", TWICE);
    assertEquals(
        List.of("ImageNet (supervised)", "ImageNet (supervised) + supervised"),
        each(runs(), PlannedRun::initialisation));
    assertEquals(List.of(true, false), each(runs(), r -> r.file().config().model().pretrained()));
  }

  @Test
  void anotherDataSetIsNamedUnlessThePhaseHasALabel() {
    set(
        "experiment.phases",
        """
        [{"method": "supervised", "set": {"dataset_params.dataset": "ISIC2019"}},
         {"method": "supervised", "label": "more of the same"}, {"method": "supervised"}]\
        """);
    assertEquals(
        List.of(
            "random",
            "random + supervised on ISIC2019",
            "random + supervised on ISIC2019 + more of the same"),
        each(runs(), PlannedRun::initialisation));
  }

  /** What the last phase tests must not have been trained on before. */
  @Test
  void earlierPhasesOfTheSameImagesHaveTheSplitOfTheLast() {
    set(
        "experiment.phases",
        """
        [{"method": "dino", "set": {"medtrans.split": {"kind": "kfold", "fold": 1}}},
         {"method": "supervised"}]\
        """);
    String error = onlyError();
    assertTrue(error.startsWith("experiment.phases[0]: medtrans.split: found {"), error);
    assertTrue(error.contains("must not be trained on"), error);
    set("experiment.phases[0].set", "{\"dataset_params.data_location\": \"/elsewhere\"}");
    assertEquals(
        List.of("random + DINO, kNN", "random + DINO on /elsewhere"),
        each(runs(), PlannedRun::initialisation));
  }

  @Test
  void allImagesOfAFolderAreNoFirstPhaseOfItsClasses() {
    set("dataset_params.dataset", "\"ImageFolder\"");
    set("medtrans.split", "{\"kind\": \"seed-compatible\"}");
    set(
        "experiment.phases",
        """
        [{"method": "dino", "set": {"medtrans.image_folder": {"labels": "none"}}},
         {"method": "supervised"}]\
        """);
    set("medtrans.image_folder", "{}");
    String error = onlyError();
    assertTrue(
        error.startsWith(
            "experiment.phases[0]: medtrans.image_folder.labels: found \"none\", allowed:"
                + " \"folders\""),
        error);
    set(
        "experiment.phases[0].set",
        "{\"medtrans.image_folder\": {\"labels\": \"none\", \"folder\": \"other\"}}");
    assertEquals("random + DINO on other", runs().get(1).initialisation());
  }

  @Test
  void imagesWithoutLabelsAreForMethodsThatNeedNone() {
    set("dataset_params.dataset", "\"ImageFolder\"");
    set("medtrans.image_folder", "{\"labels\": \"none\"}");
    assertTrue(
        onlyError()
            .startsWith(
                "medtrans.image_folder.labels: found \"none\", allowed: \"folders\" with"
                    + " medtrans.method supervised"));
  }

  @Test
  void anEntryOfTheMatrixMayHavePhasesOfItsOwn() {
    set(
        "experiment.matrix",
        "[[{\"label\": \"a\"}, {\"label\": \"b\", \"phases\": " + TWICE + "}]]");
    List<PlannedRun> runs = runs();
    assertEquals(
        List.of(Phase.ONLY, new Phase(1, false), new Phase(2, true)),
        each(runs, PlannedRun::phase));
    assertEquals(
        List.of("random", "random", "random + supervised"), each(runs, PlannedRun::initialisation));
  }

  @Test
  void chainsThatBeginWithTheSameTrainingShareIt() {
    set(
        "experiment.matrix",
        """
        [[{"label": "short", "phases": [{"method": "supervised"}, {"method": "supervised"}]},
          {"label": "long", "phases": [{"method": "supervised"},
            {"method": "supervised", "set": {"training_params.epochs": 2}},
            {"method": "supervised"}]}]]\
        """);
    List<PlannedRun> runs = runs();
    assertEquals(
        Stream.of(null, 0, 0, 2).toList(), runs.stream().map(PlannedRun::follows).toList());
    assertEquals("random", runs.get(0).initialisation());
  }

  @Test
  void pretrainingOnAllImagesIsSharedByAllFractions() {
    set(
        "experiment.matrix",
        """
        [[{"label": "10 %", "set": {"medtrans.split.train_fraction": 0.1}},
          {"label": "100 %", "set": {"medtrans.split.train_fraction": 1}}]]\
        """);
    set(
        "experiment.phases",
        """
        [{"method": "supervised", "set": {"medtrans.split.train_fraction": 1}},
         {"method": "supervised"}]\
        """);
    List<PlannedRun> runs = runs();
    assertEquals(List.of(1.0, 0.1, 1.0), each(runs, r -> r.file().config().trainFraction()));
    assertEquals(Stream.of(null, 0, 0).toList(), runs.stream().map(PlannedRun::follows).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          medtrans.test_only                         | true           | [0]: medtrans.test_only: found true, allowed: false, because phases
          training_params.restore_session            | true           | [0]: training_params.restore_session: found true
          training_params.restore_only_model         | true           | [0]: training_params.restore_only_model: found true
          medtrans.lr_finder                         | true           | [0]: medtrans.lr_finder: found true
          """)
  void whatIsNoTrainingHasNoPhases(String key, String value, String expected) {
    set("experiment.phases", TWICE);
    set(key, value);
    MedtransException e =
        assertThrows(MedtransException.class, () -> ExperimentFile.read(document));
    assertEquals(2, e.errors().size(), e.errors()::toString);
    String message = e.errors().get(0).message();
    assertTrue(message.startsWith("experiment.phases" + expected), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model_params.pretrained            | true        | model_params.pretrained: found true, allowed: false, because a later phase begins with the backbone of the one before
          model_params.backbone_type         | 'resnet18'  | model_params.backbone_type: found resnet18, allowed: deit_small, because a later
          model_params.transformers_params.patch_size | 8  | model_params.transformers_params.patch_size: found 8, allowed: 16, because
          """)
  void aLaterPhaseBeginsWithTheBackboneOfTheOneBefore(String key, String value, String expected) {
    set("experiment.phases", TWICE);
    ObjectNode later = (ObjectNode) document.at("/experiment/phases/1");
    boolean text = !value.equals("true") && !value.equals("8");
    later.putObject("set").set(key, Json.parse(text ? "\"" + value + "\"" : value));
    String message = onlyError();
    assertTrue(message.startsWith("experiment.phases[1]: " + expected), message);
  }

  @Test
  void aLaterPhaseTransfersFromNothingElse() {
    set("experiment.phases", TWICE);
    set(
        "transfer_learning_params",
        "{\"use_pretrained\": true, \"pretrained_model_name\": \"other\", \"pretrained_path\":"
            + " \"\"}");
    assertTrue(
        onlyError()
            .startsWith(
                "experiment.phases[1]: transfer_learning_params.use_pretrained: found true"),
        this::onlyError);
    ObjectNode later = (ObjectNode) document.at("/experiment/phases/1");
    later.putObject("set").put("transfer_learning_params.use_pretrained", false);
    assertEquals(
        List.of("transfer (other)", "transfer (other) + supervised"),
        each(runs(), PlannedRun::initialisation));
  }

  @Test
  void theMethodIsSaidByThePhasesAlone() {
    set("experiment.phases", "[{\"method\": \"supervised\"}]");
    set("medtrans.method", "\"dino\"");
    assertTrue(
        onlyError()
            .startsWith("medtrans.method: found \"dino\", allowed: none beside experiment.phases"),
        this::onlyError);
  }

  @Test
  void aWrongPathIsNamedWithItsPhase() {
    set("experiment.phases", TWICE);
    ObjectNode later = (ObjectNode) document.at("/experiment/phases/1");
    later.putObject("set").put("training_params.epochs.more", 1);
    assertEquals(
        "experiment.phases[1].set: training_params.epochs.more: there is no more to set",
        onlyError());
  }

  @Test
  void twoAxesWithPhasesAreRefused() {
    String axis = "[{\"label\": \"a\", \"phases\": " + TWICE + "}]";
    set("experiment.matrix", "[" + axis + ", " + axis + "]");
    assertEquals(
        "experiment.matrix[1][0].phases: given beside experiment.matrix[0][0].phases,"
            + " allowed: in one axis",
        onlyError());
  }

  @Test
  void runsOfAllPhasesAreCounted() {
    set("experiment.phases", TWICE);
    set("experiment.repetitions", "501");
    assertEquals(
        "experiment.phases: with matrix and repetitions 1002 runs, allowed: 1000", onlyError());
  }

  @Test
  void preTrainingWithoutLabelsComesBeforeFineTuning() {
    set("experiment.phases", "[{\"method\": \"dino\"}, {\"method\": \"supervised\"}]");
    List<PlannedRun> runs = runs();
    assertEquals(
        List.of("random + DINO, kNN", "random + DINO"), each(runs, PlannedRun::initialisation));
    assertEquals(
        List.of(TrainingMethod.DINO, TrainingMethod.SUPERVISED),
        each(runs, r -> r.file().config().medtrans().method()));
  }
}
