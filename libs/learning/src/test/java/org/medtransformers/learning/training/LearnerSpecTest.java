package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.learning.method.Byol;
import org.medtransformers.learning.method.CosineRamp;
import org.medtransformers.learning.method.Dino;
import org.medtransformers.learning.method.Loss;
import org.medtransformers.learning.method.SimSiam;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.optimizer.ParameterGroup;
import org.medtransformers.learning.schedule.Position;
import org.medtransformers.learning.schedule.Validation;

/** A run file becomes the learner that it describes. */
class LearnerSpecTest {
  private static final String RUN =
      """
      {"dataloader_params": {"trainloader": {"batch_size": 64}},
       "model_params": {"backbone_type": "deit_tiny", "freeze_backbone": false,
         "transformers_params": {"img_size": [64], "patch_size": 16, "drop_path_rate": 0.1}},
       "optimization_params": {"default": {
         "optimizer": {"type": "AdamW", "autoscale_lr": true, "params": {"lr": 0.002}},
         "scheduler": {"type": ["LinearWarmup", "CosineAnnealingLR"],
           "params": {"LinearWarmup": {"warmup_iters": 4}, "CosineAnnealingLR": {}}}}},
       "training_params": {"epochs": 3, "grad_clipping": 1.5},
       "medtrans": {}}
      """;

  @Test
  void optimizerHasPyTorchsDefaultsAndScaledLearningRate() {
    assertEquals(new Optimizer.AdamW(0.0005, 0.9, 0.999, 1e-8, 0.01), learner(RUN).optimizer());
    assertEquals(
        new Optimizer.Sgd(0.0005, 0, 0, 0, false),
        learner(RUN.replace("AdamW", "SGD")).optimizer());
    assertEquals(
        new Optimizer.Adam(0.0005, 0.9, 0.999, 1e-8, 0),
        learner(RUN.replace("AdamW", "Adam")).optimizer());
    assertEquals(
        new Optimizer.RmsProp(0.0005, 0.99, 1e-8, 0, 0, false),
        learner(RUN.replace("AdamW", "RMSprop")).optimizer());
    assertEquals(
        new Optimizer.Adagrad(0.0005, 0, 0, 0, 1e-10),
        learner(RUN.replace("AdamW", "Adagrad")).optimizer());
  }

  @Test
  void warmupStartsFromTheScaledLearningRate() {
    assertEquals(1e-8 + (0.0005 - 1e-8) / 4, learner(RUN).schedule().start().lr(), 1e-15);
  }

  @Test
  void binaryTasksHaveOneLogit() {
    RunConfig run = Json.convert(Json.parse(RUN), RunConfig.class);
    assertEquals(1, LearnerSpec.model(run, dataset(List.of("a", "b"), Task.BINARY)).outputs());
    assertEquals(5, learner(RUN).model().outputs());
  }

  @Test
  void networkFollowsTheFile() {
    ModelSpec model = learner(RUN).model();
    assertEquals(64, model.imageSize());
    assertEquals(16, model.patchSize());
    assertEquals(0.1, model.dropPathRate());
    assertEquals(1.5, learner(RUN).gradientClip());
  }

  @Test
  void patchesThatDoNotFillTheImageAreRefused() {
    MedtransException e =
        assertThrows(
            MedtransException.class,
            () -> learner(RUN.replace("\"patch_size\": 16", "\"patch_size\": 15")));
    assertEquals(ErrorCode.INVALID_REQUEST, e.code());
    assertTrue(e.getMessage().contains("15"), e.getMessage());
  }

  @Test
  void whatTheFileLeavesOpenIsThePlainStep() {
    assertEquals(
        new Recipe(Supervised.PLAIN, Optional.empty(), 1, 0, new Accumulation(1, 10)),
        learner(RUN).recipe());
  }

  @Test
  void accumulatedBatchesCountAsOneForLearningRateScheduleAndLars() {
    String run =
        RUN.replace("\"medtrans\": {}", "\"medtrans\": {\"accumulate_steps\": 4}")
            .replace(
                "\"scheduler\"",
                "\"LARS_params\": {\"use\": true, \"batch_act_thresh\": 256, \"eps\": 1e-8,"
                    + " \"trust_coef\": 0.002}, \"scheduler\"");
    LearnerSpec spec = learner(run);
    assertEquals(0.002, spec.optimizer().lr(), 1e-15);
    assertEquals(new Accumulation(4, 10), spec.recipe().accumulation());
    assertEquals(Optional.of(new Lars(0.002, 1e-8)), spec.recipe().lars());
    // Ten batches are three updates; the cosine begins after four and ends with the ninth.
    Position position = spec.schedule().start();
    for (int i = 0; i < 9; i++) {
      position = spec.schedule().next(position, Validation.NONE);
    }
    assertEquals(0, position.lr(), 1e-15);
    assertEquals(
        Optional.empty(),
        learner(run.replace("\"accumulate_steps\": 4", "\"accumulate_steps\": 3")).recipe().lars(),
        "192 images are too few");
  }

  @Test
  void balancedWeightsAreScikitLearns() {
    String run =
        RUN.replace(
            "\"medtrans\": {}",
            "\"medtrans\": {\"class_weights\": \"balanced\", \"label_smoothing\": 0.1}");
    // The example in the documentation of compute_class_weight.
    assertEquals(
        new Supervised(new Loss(0.1, List.of(1.5, 0.75))), learner(run, List.of(2, 4)).method());
    MedtransException e =
        assertThrows(MedtransException.class, () -> learner(run, List.of(3, 0, 1, 1, 1)));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains("class 1"), e.getMessage());
  }

  @Test
  void lowerLayersOfATransformerLearnMoreSlowly() {
    LearnerSpec spec =
        learner(RUN.replace("\"medtrans\": {}", "\"medtrans\": {\"layer_decay\": 0.5}"));
    assertEquals(Math.pow(0.5, 13), scale(spec, "backbone.pos_embed"));
    assertEquals(Math.pow(0.5, 13), scale(spec, "backbone.patch_embed.proj.weight"));
    assertEquals(Math.pow(0.5, 12), scale(spec, "backbone.blocks.0.norm1.weight"));
    assertEquals(0.25, scale(spec, "backbone.blocks.10.mlp.fc1.weight"));
    assertEquals(0.5, scale(spec, "backbone.blocks.11.mlp.fc2.bias"));
    assertEquals(1, scale(spec, "backbone.norm.bias"));
    assertEquals(1, scale(spec, "fc.weight"));
  }

  @Test
  void lowerStagesOfAResidualNetworkLearnMoreSlowly() {
    LearnerSpec spec =
        learner(
            RUN.replace("deit_tiny", "resnet18")
                .replace("\"medtrans\": {}", "\"medtrans\": {\"layer_decay\": 0.5}"));
    assertEquals(1 / 32.0, scale(spec, "backbone.conv1.weight"));
    assertEquals(1 / 32.0, scale(spec, "backbone.bn1.bias"));
    assertEquals(1 / 16.0, scale(spec, "backbone.layer1.0.conv1.weight"));
    assertEquals(0.5, scale(spec, "backbone.layer4.1.bn2.weight"));
    assertEquals(1, scale(spec, "fc.bias"));
  }

  @Test
  void everyTrainedTensorIsInOneGroupAndOnlyMatricesDecay() {
    LearnerSpec spec = learner(RUN);
    assertEquals(2, spec.groups().size());
    int members = 0;
    for (ParameterGroup group : spec.groups()) {
      members += group.members().size();
      for (int i : group.members()) {
        int dimensions = spec.trained().get(i).shape().size();
        assertEquals(dimensions > 1, group.decays(), spec.trained().get(i).name());
      }
    }
    assertEquals(spec.trained().size(), members);
  }

  @Test
  void dinoFollowsTheFile() {
    LearnerSpec spec = learner(method("dino"));
    Dino dino = (Dino) spec.method();
    // 10 batches an epoch, 3 epochs; AdamW's weight decay goes where the authors' goes.
    assertEquals(new CosineRamp(0.98, 1, 30), dino.teacherMomentum());
    assertEquals(new CosineRamp(0.01, 0.4, 30), dino.weightDecay());
    assertEquals(0.06, dino.teacherTemperature(10), 1e-12);
    assertEquals(0.12, dino.studentTemperature());
    assertEquals(0.8, dino.centerMomentum());
    assertEquals(2, dino.frozenEpochs());
    assertTrue(dino.clipsEachTensor());
    assertTrue(dino.oneAtATime());
    assertEquals(new Head.Dino(512), spec.model().head());
    assertEquals(0.2, spec.model().dropPathRate());
  }

  @Test
  void coupledWeightDecayStaysUnlessToldOtherwise() {
    LearnerSpec adam = learner(method("dino").replace("AdamW", "Adam"));
    assertEquals(new CosineRamp(0, 0, 30), ((Dino) adam.method()).weightDecay());
    String told =
        method("dino").replace("\"freeze_last", "\"weight_decay_end\": 0.2, \"freeze_last");
    assertEquals(
        new CosineRamp(0, 0.2, 30),
        ((Dino) learner(told.replace("AdamW", "Adam")).method()).weightDecay());
  }

  @Test
  void residualNetworksSeeCropsOfOneSizeTogether() {
    LearnerSpec spec = learner(method("dino").replace("deit_tiny", "resnet18"));
    assertFalse(((Dino) spec.method()).oneAtATime());
  }

  @Test
  void byolAndSimSiamFollowTheFile() {
    LearnerSpec byol = learner(method("byol"));
    assertEquals(new Byol(new CosineRamp(0.95, 0.999, 30)), byol.method());
    assertEquals(new Head.Projector(List.of(64, 32), 48), byol.model().head());
    LearnerSpec simSiam = learner(method("simsiam"));
    assertEquals(new SimSiam(OptionalDouble.of(0.0005)), simSiam.method(), "the scaled rate");
    assertEquals(new Head.Projector(List.of(64, 64, 32), 16), simSiam.model().head());
    assertEquals(0.1, simSiam.model().dropPathRate());
    List<ParameterGroup> apart = simSiam.groups().stream().filter(ParameterGroup::apart).toList();
    assertEquals(6, apart.stream().mapToInt(group -> group.members().size()).sum());
  }

  @Test
  void whatMakesNoSenseWithoutLabelsIsRefused() {
    assertEquals(
        ErrorCode.INVALID_REQUEST,
        refusal(method("byol").replace("\"method\"", "\"ema_decay\": 0.9, \"method\"")));
    assertEquals(
        ErrorCode.INVALID_REQUEST,
        refusal(method("dino").replace("freeze_backbone\": false", "freeze_backbone\": true")));
  }

  private static String method(String method) {
    String dino =
        """
        "DINO": {"projection_size": 512, "moving_average_decay": 0.98, "ncrops": 4,
          "warmup_teacher_temp": 0.05, "teacher_temp": 0.06, "warmup_teacher_temp_epochs": 5,
          "student_temp": 0.12, "center_momentum": 0.8}, "freeze_backbone"\
        """;
    String own =
        """
        {"method": "%s",
         "dino": {"freeze_last_layer": 2, "clip_mode": "per_parameter", "drop_path": 0.2},
         "byol": {"projector": [64, 32], "predictor": 48, "momentum": [0.95, 0.999]},
         "simsiam": {"projector": [64, 64, 32], "predictor": 16, "constant_predictor_lr": true}}
        """;
    return RUN.replace("\"freeze_backbone\"", dino)
        .replace("\"patch_size\"", "\"is_memory_efficient\": true, \"patch_size\"")
        .replace("\"medtrans\": {}", "\"medtrans\": " + own.formatted(method));
  }

  @Test
  void anUnknownOptimizerIsRefused() {
    assertThrows(UncheckedIOException.class, () -> learner(RUN.replace("AdamW", "Lion")));
  }

  private static double scale(LearnerSpec spec, String tensor) {
    int index = spec.trained().stream().map(TensorSpec::name).toList().indexOf(tensor);
    return spec.groups().stream()
        .filter(group -> group.members().contains(index))
        .findFirst()
        .orElseThrow()
        .lrScale();
  }

  private static ErrorCode refusal(String run) {
    return assertThrows(MedtransException.class, () -> learner(run)).code();
  }

  private static LearnerSpec learner(String run) {
    return learner(run, List.of(1, 1, 1, 1, 1));
  }

  private static LearnerSpec learner(String run, List<Integer> classCounts) {
    DatasetDescription dataset = dataset(List.of("a", "b", "c", "d", "e"), Task.MULTI_CLASS);
    LoaderSpec batches = new LoaderSpec("set", Split.TRAIN, List.of(), 64, true, true, 0);
    LoaderInfo loader = new LoaderInfo("id", batches, 640, 10, classCounts);
    return LearnerSpec.of(Json.convert(Json.parse(run), RunConfig.class), dataset, loader, 7);
  }

  private static DatasetDescription dataset(List<String> classes, Task task) {
    return new DatasetDescription(
        "Generated",
        classes,
        task,
        3,
        List.of(0.5, 0.5, 0.5),
        List.of(0.5, 0.5, 0.5),
        TargetMetric.COHEN_KAPPA,
        true);
  }
}
