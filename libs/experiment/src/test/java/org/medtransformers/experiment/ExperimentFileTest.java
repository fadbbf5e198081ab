package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;

class ExperimentFileTest {
  private ObjectNode document;

  @BeforeEach
  void readDocument() throws IOException {
    document = everyKey();
  }

  /** A document with every key of the published format. */
  static ObjectNode everyKey() throws IOException {
    try (InputStream in =
        ExperimentFileTest.class.getResourceAsStream("/experiment/every-key-of-the-format.json")) {
      return (ObjectNode) Json.mapper().readTree(in);
    }
  }

  private void set(String path, String json) {
    Overrides.set(document, path, Json.parse(json));
  }

  private List<ErrorInfo> errors() {
    return assertThrows(MedtransException.class, () -> ExperimentFile.read(document)).errors();
  }

  private String onlyError() {
    List<ErrorInfo> errors = errors();
    assertEquals(1, errors.size(), errors::toString);
    return errors.get(0).message();
  }

  @Test
  void everyKeyOfThePublishedFormatIsAccepted() {
    Experiment experiment = ExperimentFile.read(document);
    RunConfig run = experiment.runs().get(0).file().config();
    assertEquals("APTOS2019_deit-s", experiment.name());
    assertEquals(25, run.training().epochs());
    assertEquals(1e-4, run.optimization().main().optimizer().params().path("lr").doubleValue());
    assertEquals(
        List.of(0.8, 1.2), run.dataset().trainTransforms().get(0).randomResizedCrop().scale());
  }

  @Test
  void settingsWithoutEffectAreNamedInOneNotice() {
    List<String> notices = ExperimentFile.read(document).notices();
    List<String> withoutEffect =
        notices.stream().filter(n -> n.contains("without effect")).toList();
    assertEquals(1, withoutEffect.size(), notices::toString);
    for (String key :
        List.of(
            "dataloader_params.trainloader.num_workers",
            "dataloader_params.trainloader.pin_memory",
            "dataloader_params.trainloader.persistent_workers",
            "dataloader_params.trainloader.prefetch_factor",
            "optimization_params.default.scheduler.params.ReduceLROnPlateau.verbose")) {
      assertTrue(withoutEffect.get(0).contains(key), key);
    }
    assertTrue(
        notices.stream().anyMatch(n -> n.startsWith("dataloader_params.valloader: shuffle")));
  }

  @Test
  void theThresholdOfTwoClassesMayBeAskedForBySensitivity() {
    RunConfig run = ExperimentFile.read(document).runs().get(0).file().config();
    assertNull(run.medtrans().evaluation().operatingPoint());
    set("medtrans.evaluation.operating_point", "{\"sensitivity\": 0.9}");
    run = ExperimentFile.read(document).runs().get(0).file().config();
    assertEquals(0.9, run.medtrans().evaluation().operatingPoint().sensitivity());
  }

  @Test
  void whatDoesNotMatterIsAHundredthUnlessTheFileSays() {
    RunConfig run = ExperimentFile.read(document).runs().get(0).file().config();
    assertEquals(0.01, run.medtrans().comparison().rope());
    set("medtrans.comparison.rope", "0.03");
    run = ExperimentFile.read(document).runs().get(0).file().config();
    assertEquals(0.03, run.medtrans().comparison().rope());
  }

  @ParameterizedTest
  @ValueSource(ints = {-100, 0, 100})
  void aPriorityIsReadUpToItsBounds(int priority) {
    set("medtrans.priority", Integer.toString(priority));
    assertEquals(
        priority,
        ExperimentFile.read(document).runs().get(0).file().config().medtrans().priority());
  }

  /** Else validation images would be resized twice where a threshold is chosen by them. */
  @Test
  void imagesKeepTheirSizesWhereValidationAndTestResizeDifferently() {
    set("medtrans.evaluation", "{}");
    set("training_params.log_embeddings", "false");
    set("training_params.knn_eval", "false");
    set("dataset_params.test_transforms", document.at("/dataset_params/val_transforms").toString());
    assertFalse(ExperimentFile.read(document).runs().get(0).file().config().looksAcrossSplits());
    set(
        "dataset_params.test_transforms.Resize",
        "{\"height\": 300, \"width\": 300, \"apply\": true}");
    assertTrue(ExperimentFile.read(document).runs().get(0).file().config().looksAcrossSplits());
  }

  @Test
  void theDocumentedSpellingOfAutoscaleLrIsAnAlias() {
    ObjectNode optimizer = (ObjectNode) document.at("/optimization_params/default/optimizer");
    optimizer.remove("autoscale_lr");
    optimizer.put("autoscale_rl", true);
    RunConfig run = ExperimentFile.read(document).runs().get(0).file().config();
    assertTrue(run.optimization().main().optimizer().autoscaleLr());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          training_params.log_evry | 3 | training_params.log_evry: unknown key, did you mean log_every?
          optimization_params.default.optimizer.autoscale_l | true | optimization_params.default.optimizer.autoscale_l: unknown key, did you mean autoscale_lr?
          dataset_params.train_transforms.Resise | {} | dataset_params.train_transforms.Resise: unknown key, did you mean Resize?
          training_params.epochs | "ten" | training_params.epochs: found "ten", allowed: a whole number from 1 to 100000
          training_params.epochs | 2.5 | training_params.epochs: found 2.5, allowed: a whole number from 1 to 100000
          training_params.val_every | 0 | training_params.val_every: found 0, allowed: a number above 0, or "Infinity"
          training_params.grad_clipping | NaN | training_params.grad_clipping: found "NaN", allowed: a number from 0
          dataset_params.val_transforms | 3 | dataset_params.val_transforms: found 3, allowed: an object with the keys
          model_params.backbone_type | "resnet51" | model_params.backbone_type: found "resnet51", allowed: "resnet18",
          medtrans.evaluation.operating_point | {"sensitivity": 1.5} | medtrans.evaluation.operating_point.sensitivity: found 1.5, allowed: a number from 0.01 to 1
          medtrans.evaluation.operating_point | {"specificity": 0.9} | medtrans.evaluation.operating_point.specificity: unknown key, allowed: sensitivity
          medtrans.priority | 101 | medtrans.priority: found 101, allowed: a whole number from -100 to 100
          medtrans.priority | -101 | medtrans.priority: found -101, allowed: a whole number from -100 to 100
          medtrans.comparison.rope | -0.01 | medtrans.comparison.rope: found -0.01, allowed: a number from 0 to 1
          medtrans.comparison | {"roap": 0.1} | medtrans.comparison.roap: unknown key, allowed: rope
          medtrans.weights_file | "/a.pth" | medtrans.weights_file: given without model_params.pretrained
          system_params.use_all_GPUs | true | system_params.use_all_GPUs: true is not built yet
          dataset_params.dataset | "MedMNIST" | medtrans.medmnist: missing, dataset MedMNIST needs it
          dataset_params.dataset | "DICOM" | medtrans.dicom: missing, dataset DICOM needs it
          dataset_params.dataset | "CSV" | medtrans.csv: missing, dataset CSV needs it
          medtrans.medmnist | {"file": "../secret.npz"} | medtrans.medmnist.file: found "../secret.npz", allowed: the name of an npz file
          medtrans.image_folder | {"channels": 2} | medtrans.image_folder.channels: found 2, allowed: 1 or 3
          medtrans.image_folder | {"mean": [0.5]} | medtrans.image_folder.std: missing, allowed: both or neither
          medtrans.image_folder | {"mean": [0.5], "std": [0.5, 0.5]} | medtrans.image_folder.std: found [0.5, 0.5], allowed: as many as mean has
          medtrans.image_folder | {"channels": 3, "mean": [0.5], "std": [0.5]} | medtrans.image_folder.mean: found [0.5], allowed: one for each of 3 channels
          medtrans.image_folder | {"target_metric": "f1"} | medtrans.image_folder.target_metric: found "f1", allowed: "cohen_kappa", "recall", "roc_auc"
          medtrans.csv | {"file": "a.csv", "image_column": "i", "label_columns": ["a", "a"]} | medtrans.csv.label_columns: found [a, a], allowed: different columns
          training_params.model_name | ".." | training_params.model_name: found "..", allowed: a name
          lr_finder.type | "bayes" | lr_finder.type: found "bayes", allowed: "grid_search"
          lr_finder.grid_search_params.max_pow | -6 | lr_finder.grid_search_params.min_pow: found -5.0, allowed: at most max_pow, which is -6.0
          medtrans.method | "moco" | medtrans.method: found "moco", allowed: "supervised", "dino", "byol", "simsiam"
          lr_finder.grid_search_params.n_epochs | 0 | lr_finder.grid_search_params.n_epochs: found 0, allowed: a whole number from 1
          medtrans.checkpoint | "best" | medtrans.checkpoint: given without medtrans.test_only
          model_params.transformers_params.patch_size | 15 | found 15, allowed: a divisor of img_size 224
          optimization_params.default.scheduler.type | ["CosineAnnealingLR", "LinearWarmup"] | allowed: LinearWarmup first
          optimization_params.default.optimizer | {"type": "SGD", "params": {"nesterov": true}} | nesterov: found true, allowed only with a momentum above 0
          optimization_params.default | {"optimizer": {"type": "Adagrad"}, "scheduler": {"type": ["OneCycleLR"], "params": {"OneCycleLR": {}}}} | scheduler.type: found OneCycleLR with Adagrad
          optimization_params.default.LARS_params.trust_coef | 0 | LARS_params.trust_coef: found 0, allowed: a number above 0
          medtrans.accumulate_steps | 0 | medtrans.accumulate_steps: found 0, allowed: a whole number from 1
          medtrans.label_smoothing | 1 | medtrans.label_smoothing: found 1, allowed: a number from 0 to 0.999
          medtrans.class_weights | "inverse" | medtrans.class_weights: found "inverse", allowed: "none", "balanced"
          medtrans.knn.temperature | 0.01 | medtrans.knn.temperature: found 0.01, allowed: a number from 0.02
          medtrans.ema_decay | 1 | medtrans.ema_decay: found 1, allowed: a number from 0 to 0.999999
          medtrans.layer_decay | 0 | medtrans.layer_decay: found 0, allowed: a number from 0.01 to 1
          medtrans.early_stop_patience | 0 | medtrans.early_stop_patience: found 0, allowed: a whole number from 1
          system_params.which_GPUs | "0,1" | system_params.which_GPUs: training on several GPUs is not built yet
          """)
  void aMistakeIsNamedByItsPath(String path, String json, String message) {
    set(path, json);
    assertTrue(onlyError().contains(message), () -> errors().toString());
  }

  @Test
  void findingsAreNotBalanced() {
    set("dataset_params.dataset", "\"CSV\"");
    set(
        "medtrans.csv",
        "{\"file\": \"a.csv\", \"image_column\": \"i\", \"label_columns\": [\"a\", \"b\"]}");
    assertEquals(
        List.of("a", "b"),
        ExperimentFile.read(document)
            .runs()
            .get(0)
            .file()
            .config()
            .medtrans()
            .csv()
            .labelColumns());
    set("medtrans.class_weights", "\"balanced\"");
    assertTrue(
        onlyError().startsWith("medtrans.class_weights: found \"balanced\", allowed: \"none\""));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, supervised, 16, true",
    "resnet152, supervised, 7, true",
    "resnet50, dino, 16, false",
    "deit_tiny, supervised, 16, true",
    "deit_tiny, supervised, 8, false",
    "deit_tiny, dino, 16, false",
    "deit_small, dino, 8, true",
    "deit_small, dino, 16, true",
    "deit_small, supervised, 16, true",
    "deit_base, supervised, 16, true",
    "deit_base, dino, 16, false",
    "vit_base, dino, 8, true",
    "vit_base, supervised, 16, false",
  })
  void pretrainedNeedsPublishedWeightsOrAFile(
      String backbone, String type, String patch, boolean published) {
    set("model_params.pretrained", "true");
    set("model_params.backbone_type", "\"" + backbone + "\"");
    set("model_params.transformers_params.pretrained_type", "\"" + type + "\"");
    set("model_params.transformers_params.patch_size", patch);
    set("model_params.transformers_params.img_size", "[224]");
    if (published) {
      assertEquals(
          "ImageNet (" + type + ")", ExperimentFile.read(document).runs().get(0).initialisation());
    } else {
      String message = onlyError();
      assertTrue(
          message.startsWith(
              "model_params.pretrained: no weights are published for " + backbone + " (" + type),
          message);
      assertTrue(message.contains("deit_small (dino, patch 8)"), message);
      set("medtrans.weights_file", "\"/data/mine.pth\"");
      assertEquals("mine.pth", ExperimentFile.read(document).runs().get(0).initialisation());
    }
  }

  @Test
  void patienceNeedsValidations() {
    set("medtrans.early_stop_patience", "3");
    ExperimentFile.read(document);
    set("training_params.val_every", "Infinity");
    assertTrue(onlyError().startsWith("medtrans.early_stop_patience: found 3, allowed only"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          optimization_params.default.scheduler | {"type": ["LinearWarmup"], "params": {"LinearWarmup": {}}} | LinearWarmup.warmup_iters: the warm-up adds its increment once more
          optimization_params.default.scheduler | {"type": ["LinearWarmup", "OneCycleLR"], "params": {"OneCycleLR": {}}} | LinearWarmup has no effect but that the cycle begins at its top
          optimization_params.default.scheduler | {"type": ["OneCycleLR"], "params": {"OneCycleLR": {"final_div_factor": 1e-4}}} | OneCycleLR.final_div_factor: found 1.0E-4: the learning rate ends at 10000.0 times its first value
          optimization_params.default.scheduler | {"type": ["MultiStepLR", "OneCycleLR"], "params": {"MultiStepLR": {"milestones": [3]}, "OneCycleLR": {}}} | MultiStepLR has no effect
          training_params.val_every | 2 | ReduceLROnPlateau.patience: it looks once per epoch
          optimization_params.default.LARS_params | {"use": true, "batch_act_thresh": 1024} | LARS_params.use: does nothing: an update sees 64 images
          optimization_params.default.LARS_params | {"use": true, "batch_act_thresh": 64} | LARS_params.use: Adam divides a gradient by its own size
          """)
  void whatWouldSurpriseIsNoticed(String path, String json, String notice) {
    set("optimization_params.default.scheduler.type", "[\"ReduceLROnPlateau\"]");
    set(path, json);
    List<String> notices = ExperimentFile.read(document).notices();
    assertTrue(notices.stream().anyMatch(n -> n.contains(notice)), notices::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"CosineAnnealingLR\" | COSINE_ANNEALING",
        "[null, \"CosineAnnealingLR\"] | COSINE_ANNEALING",
        "null | ''",
        "[null] | ''",
      })
  void theSchedulerMayStandByItself(String json, String read) {
    set("optimization_params.default.scheduler.type", json);
    List<SchedulerType> types =
        ExperimentFile.read(document)
            .runs()
            .get(0)
            .file()
            .config()
            .optimization()
            .main()
            .scheduler()
            .type();
    assertEquals(read, types.stream().map(Enum::name).collect(Collectors.joining()));
  }

  @Test
  void aSchedulerByItselfThatIsNoneIsRefusedByItsName() {
    set("optimization_params.default.scheduler.type", "\"Cosine\"");
    assertTrue(
        errors()
            .get(0)
            .message()
            .startsWith("optimization_params.default.scheduler.type: found \"Cosine\""));
  }

  @Test
  void theRunIsCalledAsLogParamsSay() {
    RunConfig byDefault = ExperimentFile.read(document).runs().get(0).file().config();
    assertEquals(byDefault.training().modelName(), byDefault.runName());
    set("log_params.run_name", "\"first try\"");
    set("log_params.project_name", "\"eyes\"");
    RunConfig named = ExperimentFile.read(document).runs().get(0).file().config();
    assertEquals("first try", named.runName());
    assertEquals("eyes", named.projectName());
  }

  @Test
  void everyMistakeIsReportedAndInvalidOnesComeFirst() {
    set("system_params.use_all_GPUs", "true");
    set("training_params.epochs", "0");
    set("training_params.foo", "1");
    assertEquals(
        List.of(ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_REQUEST, ErrorCode.NOT_BUILT_YET),
        errors().stream().map(ErrorInfo::code).toList());
  }

  @Test
  void whatIsSwitchedOffIsCheckedForItsTypeOnly() {
    set("dataset_params.train_transforms.RandomRotation.angle", "5000");
    ExperimentFile.read(document);
    set("dataset_params.train_transforms.RandomRotation.angle", "\"far\"");
    assertTrue(onlyError().contains("RandomRotation.angle"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dataset_params.train_transforms.CenterCrop | {"apply": false, "height": 99999999999, "width": 1} | CenterCrop.height: found 99999999999
          dataset_params.train_transforms.RandomSolarize | {"apply": false, "threshold": 1e30} | RandomSolarize.threshold: found 1.0E30
          dataset_params.train_transforms.MultiCrop | {"apply": false, "n_crops": [2], "sizes": [99999999999999999999], "scales": [[0.1, 1]]} | MultiCrop.sizes[0]: found 99999999999999999999
          """)
  void aNumberTooLargeForItsTypeIsRefusedEvenWhereItIsSwitchedOff(
      String path, String json, String message) {
    set(path, json);
    assertTrue(onlyError().contains(message), () -> errors().toString());
  }

  @Test
  void aBlurOfFallingRadiiIsRefusedUnlessItIsSwitchedOff() {
    String blur = "dataset_params.train_transforms.RandomGaussianBlur";
    set(blur, "{\"apply\": false, \"radius_min\": 5, \"radius_max\": 1}");
    ExperimentFile.read(document);
    set(blur + ".apply", "true");
    assertEquals(
        blur + ".radius_min: found 5.0, allowed: at most radius_max, which is 1.0", onlyError());
  }

  @Test
  void anImageSizeThatDoesNotFitTheTransformerIsRefused() {
    set("dataset_params.val_transforms.CenterCrop.height", "200");
    assertTrue(onlyError().startsWith("dataset_params.val_transforms: gives 200x224 images"));
    set(
        "dataset_params.val_transforms.CenterCrop",
        "{\"apply\": true, \"height\": 200, \"width\": 200}");
    assertTrue(onlyError().contains("a multiple of patch_size 16"));
    set(
        "dataset_params.val_transforms.CenterCrop",
        "{\"apply\": true, \"height\": 192, \"width\": 192}");
    ExperimentFile.read(document);
  }

  @Test
  void theResolvedFileHoldsTheViewsOfItsStrategy() {
    set(
        "medtrans.augmentation",
        """
        {"repetition_strategy": {"n_augmentations": [1], "order": ["only"]},
         "transforms": {"train_transforms": {
           "only": {"RandomResizedCrop": {"apply": true, "size": 96}}}}}
        """);
    JsonNode config = ExperimentFile.read(document).runs().get(0).file().tree();
    JsonNode views = config.at("/dataset_params/train_transforms");
    assertEquals(1, views.size());
    assertEquals(96, views.at("/0/RandomResizedCrop/size").intValue());
    assertTrue(config.at("/medtrans/augmentation").isMissingNode());
  }

  @Test
  void howLongACheckpointStaysIsADurationOfAtMostAHundredYears() {
    for (String allowed : List.of("P0D", "PT12H", "P30D", "P36500D")) {
      set("medtrans.retention", '"' + allowed + '"');
      RunConfig run = ExperimentFile.read(document).runs().get(0).file().config();
      assertEquals(Optional.of(Duration.parse(allowed)), run.medtrans().keptFor());
    }
    for (String refused : List.of("\"P36500DT1S\"", "\"-PT1S\"", "\"30 days\"", "\"P1M\"", "30")) {
      set("medtrans.retention", refused);
      assertEquals(
          "found %s, allowed: a duration from \"P0D\" to \"P36500D\", such as \"P30D\" or \"PT12H\""
              .formatted(refused),
          onlyError().replaceFirst("^medtrans.retention: ", ""));
    }
  }

  @Test
  void supervisedTrainingOfSeveralViewsIsRefused() {
    set("medtrans.augmentation", "\"byol\"");
    assertTrue(onlyError().contains("found 2 views"), this::onlyError);
  }

  @Test
  void imagesOfDifferentSizesAreRefused() {
    set("dataset_params.test_transforms", "{\"Normalize\": true}");
    assertTrue(onlyError().contains("cannot be batched"));
  }

  @Test
  void infinityMayBeWrittenAsPythonWritesIt() {
    set("training_params.val_every", "Infinity");
    assertEquals(
        Double.POSITIVE_INFINITY,
        ExperimentFile.read(document).runs().get(0).file().config().training().valEvery());
  }

  @Test
  void theMatrixIsTheProductOfItsAxesTimesRepetitions() {
    document.set("experiment", Json.parse(MATRIX));
    List<PlannedRun> runs = ExperimentFile.read(document).runs();
    assertEquals(
        List.of(
            "resnet50 random 7", "resnet50 random 8", "deit_small random 7", "deit_small random 8"),
        runs.stream().map(r -> r.backbone() + " " + r.initialisation() + " " + r.seed()).toList());
    assertEquals(List.of(0, 1, 0, 1), runs.stream().map(PlannedRun::repetition).toList());
  }

  private String initialisation() {
    return ExperimentFile.read(document).runs().get(0).initialisation();
  }

  private static final String MATRIX =
      """
      {"name": "two", "seed": 7, "repetitions": 2, "matrix": [[
        {"label": "CNN", "set": {"model_params.backbone_type": "resnet50"}},
        {"label": "ViT", "set": {}}]]}
      """;

  @Test
  void runsOfDifferentSettingsNeverShareACellOfTheTable() {
    document.set(
        "experiment",
        Json.parse(
            """
            {"matrix": [[{"label": "lr 1e-4", "set": {}},
              {"label": "lr 1e-3", "set": {"optimization_params.default.optimizer.params.lr": 1e-3}}]]}
            """));
    assertEquals(
        List.of("random (lr 1e-4)", "random (lr 1e-3)"),
        ExperimentFile.read(document).runs().stream().map(PlannedRun::initialisation).toList());
  }

  @Test
  void fractionsOfTheTrainingImagesShareARowButWhatElseTheyVaryDoesNot() {
    set(
        "experiment",
        """
        {"matrix": [[{"label": "10 %", "set": {"medtrans.split.train_fraction": 0.1}},
                     {"label": "all", "set": {"medtrans.split.train_fraction": 1}}],
                    [{"label": "short", "set": {"training_params.epochs": 1}},
                     {"label": "long", "set": {"training_params.epochs": 2}}]]}""");
    assertEquals(
        List.of(
            List.of("random (short)", 0.1),
            List.of("random (long)", 0.1),
            List.of("random (short)", 1.0),
            List.of("random (long)", 1.0)),
        ExperimentFile.read(document).runs().stream()
            .map(r -> List.<Object>of(r.initialisation(), r.file().config().trainFraction()))
            .toList());
  }

  @Test
  void aRunThatBeginsWithAnEarlierModelHasARowOfItsOwn() {
    set(
        "transfer_learning_params",
        "{\"use_pretrained\": true, \"pretrained_path\": \"/a/b.pth\"}");
    assertEquals("transfer (b.pth)", initialisation());
    set("transfer_learning_params.pretrained_model_name", "\"eyes\"");
    assertEquals("transfer (eyes)", initialisation());
    set("training_params.restore_session", "true");
    assertEquals("restored (APTOS2019_deit-s)", initialisation());
    assertTrue(
        ExperimentFile.read(document).notices().stream()
            .anyMatch(n -> n.startsWith("transfer_learning_params: does nothing here")));
  }

  @Test
  void aTransferNeedsAModelOrAFile() {
    set("transfer_learning_params", "{\"use_pretrained\": true}");
    assertTrue(
        onlyError().startsWith("transfer_learning_params.pretrained_model_name: found \"\""),
        this::onlyError);
  }

  @Test
  void aMistakeInTheMatrixIsFoundBeforeAnythingIsScheduled() {
    document.set(
        "experiment",
        Json.parse(
            "{\"matrix\": [[{\"label\": \"a\", \"set\": {\"training_params.epochz\": 1}}]]}"));
    assertTrue(onlyError().contains("training_params.epochz: unknown key, did you mean epochs?"));
  }

  @Test
  void theHashCoversTheResolvedFileOnly() {
    JsonNode given = document.deepCopy();
    String hash = ExperimentFile.read(document).runs().get(0).file().sha256();
    ((ObjectNode) document.get("training_params")).remove("val_every");
    assertEquals(
        hash, ExperimentFile.read(document).runs().get(0).file().sha256(), "a default filled in");
    ((ObjectNode) given.get("training_params")).put("epochs", 26);
    assertTrue(!hash.equals(ExperimentFile.read(given).runs().get(0).file().sha256()));
  }

  @Test
  void aDocumentThatIsNotAnObjectIsRefused() {
    assertThrows(MedtransException.class, () -> ExperimentFile.read(Json.parse("[1]")));
    assertThrows(MedtransException.class, () -> ExperimentFile.read(Json.parse("{}")));
    assertThrows(
        MedtransException.class, () -> ExperimentFile.read(Json.parse("{\"experiment\": 3}")));
  }

  @Test
  void ofThousandsOfMistakesTheFirstHundredAreTold() {
    for (int i = 0; i < 3000; i++) {
      set("medtrans.unknown" + i, "1");
    }
    List<ErrorInfo> errors = errors();
    assertEquals(101, errors.size());
    assertEquals("and 2900 more", errors.get(100).message());
  }

  @Test
  void anExperimentHasAtMostAThousandRuns() {
    set("experiment.repetitions", "501");
    set(
        "experiment.matrix",
        "[[{\"label\": \"a\", \"set\": {}}, {\"label\": \"b\", \"set\": {}}]]");
    assertTrue(onlyError().contains("more than 1000 runs"));
  }
}
