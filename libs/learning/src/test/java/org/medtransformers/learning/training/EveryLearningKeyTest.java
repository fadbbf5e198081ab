package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Dino;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.schedule.Position;
import org.medtransformers.learning.schedule.Validation;

/**
 * Of every key that says how a run learns: another value, and the same batches teach something
 * else. What each value does is held to reference numbers elsewhere; here a key that nobody reads
 * would be found.
 */
class EveryLearningKeyTest {
  private static final int IMAGES = 6;
  private static final int STEPS = 3;
  private static final int BATCHES = 2;
  private static final int EPOCHS = 8;

  private static final String RUN =
      """
      {"dataloader_params": {"trainloader": {"batch_size": 6}},
       "model_params": {"backbone_type": "test_vit", "freeze_backbone": false,
         "transformers_params": {"img_size": [32], "patch_size": 16, "drop_path_rate": 0,
           "is_memory_efficient": true},
         "DINO": {"projection_size": 32, "moving_average_decay": 0.9, "warmup_teacher_temp": 0.04,
           "teacher_temp": 0.07, "warmup_teacher_temp_epochs": 4, "student_temp": 0.1,
           "center_momentum": 0.9}},
       "optimization_params": {"default": {
         "optimizer": {"type": "AdamW", "autoscale_lr": false, "params": {}},
         "LARS_params": {"use": false, "batch_act_thresh": 6, "eps": 1e-8, "trust_coef": 0.001},
         "scheduler": {"type": [], "params": {}}}},
       "training_params": {"epochs": 8, "grad_clipping": 0},
       "medtrans": {"dino": {"freeze_last_layer": 0, "clip_mode": "total", "drop_path": 0},
         "byol": {"projector": [16, 12], "predictor": 8, "momentum": [0.9, 1]},
         "simsiam": {"projector": [16, 16, 12], "predictor": 8, "constant_predictor_lr": true}}}
      """;
  private static final String OPTIMIZER = "optimization_params.default.optimizer";
  private static final Map<String, Object> LEARNED = new HashMap<>();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Adam     | lr                        | 0.01
          Adam     | weight_decay              | 0.5
          Adam     | betas                     | [0.5, 0.9]
          Adam     | eps                       | 0.01
          Adam     | amsgrad                   | true
          AdamW    | lr                        | 0.01
          AdamW    | weight_decay              | 0.5
          AdamW    | betas                     | [0.5, 0.9]
          AdamW    | eps                       | 0.01
          AdamW    | amsgrad                   | true
          SGD      | lr                        | 0.01
          SGD      | weight_decay              | 0.5
          SGD      | momentum                  | 0.5
          SGD      | dampening                 | 0.5
          SGD      | nesterov                  | true
          RMSprop  | lr                        | 0.001
          RMSprop  | weight_decay              | 0.5
          RMSprop  | alpha                     | 0.5
          RMSprop  | eps                       | 0.01
          RMSprop  | momentum                  | 0.5
          RMSprop  | centered                  | true
          Adagrad  | lr                        | 0.001
          Adagrad  | weight_decay              | 0.5
          Adagrad  | lr_decay                  | 0.5
          Adagrad  | initial_accumulator_value | 0.5
          Adagrad  | eps                       | 0.01
          """)
  void everyArgumentOfAnOptimizerMovesTheWeightsElsewhere(String type, String key, String value) {
    String given = OPTIMIZER + ".type = \"" + type + "\"";
    // Variances must fall for AMSGrad to differ; dampening and nesterov act on a momentum.
    if (key.equals("amsgrad")) {
      given += "; " + OPTIMIZER + ".params.betas = [0.9, 0.1]";
    } else if (key.equals("dampening") || key.equals("nesterov")) {
      given += "; " + OPTIMIZER + ".params.momentum = 0.9";
    }
    assertTeachesSomethingElse(given, OPTIMIZER + ".params." + key, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | optimization_params.default.optimizer.type | "SGD"
          | optimization_params.default.optimizer.autoscale_lr | true
          optimization_params.default.optimizer.autoscale_lr = true | dataloader_params.trainloader.batch_size | 12
          | optimization_params.default.LARS_params.use | true
          optimization_params.default.LARS_params.use = true | optimization_params.default.LARS_params.batch_act_thresh | 7
          optimization_params.default.LARS_params.use = true | optimization_params.default.LARS_params.eps | 10
          optimization_params.default.LARS_params.use = true | optimization_params.default.LARS_params.trust_coef | 1e-7
          | optimization_params.default.scheduler.type | ["CosineAnnealingLR"]
          optimization_params.default.scheduler.type = ["CosineAnnealingLR"] | training_params.epochs | 3
          | training_params.grad_clipping | 1e-7
          | training_params.use_mixed_precision | true
          | model_params.backbone_type | "test_resnet"
          | model_params.freeze_backbone | true
          | model_params.transformers_params.img_size | [48]
          | model_params.transformers_params.patch_size | 8
          | model_params.transformers_params.drop_path_rate | 0.9
          | medtrans.method | "dino"
          | medtrans.method | "byol"
          | medtrans.method | "simsiam"
          | medtrans.accumulate_steps | 2
          | medtrans.label_smoothing | 0.3
          | medtrans.class_weights | "balanced"
          | medtrans.ema_decay | 0.5
          | medtrans.layer_decay | 0.5
          """)
  void everyKeyOfARunTeachesSomethingElse(String given, String key, String value) {
    assertTeachesSomethingElse(given, key, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dino    | model_params.DINO.projection_size | 48
          dino    | model_params.DINO.moving_average_decay | 0.5
          dino    | model_params.DINO.warmup_teacher_temp | 0.02
          dino    | model_params.DINO.teacher_temp | 0.02
          dino    | model_params.DINO.warmup_teacher_temp_epochs | 2
          dino    | model_params.DINO.student_temp | 0.3
          dino    | model_params.DINO.center_momentum | 0.1
          dino    | medtrans.dino.weight_decay_end | 5
          dino    | medtrans.dino.freeze_last_layer | 2
          dino    | medtrans.dino.clip_mode | "per_parameter"
          dino    | medtrans.dino.drop_path | 0.9
          byol    | medtrans.byol.projector | [24, 12]
          byol    | medtrans.byol.predictor | 16
          byol    | medtrans.byol.momentum | [0.5, 1]
          simsiam | medtrans.simsiam.projector | [24, 16, 12]
          simsiam | medtrans.simsiam.predictor | 16
          simsiam | medtrans.simsiam.constant_predictor_lr | false
          """)
  void everyKeyOfAMethodWithoutLabelsTeachesSomethingElse(String method, String key, String value) {
    assertTeachesSomethingElse(withoutLabels(method), key, value);
  }

  /** Else everything would be something else. */
  @ParameterizedTest
  @ValueSource(strings = {"dino", "byol", "simsiam"})
  void theSameFileTeachesTheSame(String method) {
    ObjectNode run = run(withoutLabels(method));
    assertEquals(
        LEARNED.computeIfAbsent(run.toString(), text -> learned(run.deepCopy())), learned(run));
  }

  private static String withoutLabels(String method) {
    return "medtrans.method = \"%s\"; training_params.grad_clipping = 1e-7; ".formatted(method)
        + "optimization_params.default.scheduler.type = [\"CosineAnnealingLR\"]";
  }

  /** Which computes the same, with less memory. */
  @Test
  void memoryIsSavedByTakingCropsOneAtATime() {
    for (boolean efficient : new boolean[] {true, false}) {
      ObjectNode run =
          run(
              "medtrans.method = \"dino\"; model_params.transformers_params.is_memory_efficient = "
                  + efficient);
      assertEquals(efficient, ((Dino) spec(run).method()).oneAtATime());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LinearWarmup      | {"warmup_iters": 2} | warmup_iters | 4
          LinearWarmup      | {"warmup_iters": 2} | warmup_epochs | 2
          CosineAnnealingLR | {} | eta_min | 0.0005
          MultiStepLR       | {"milestones": [2, 4]} | milestones | [3]
          MultiStepLR       | {"milestones": [2, 4]} | gamma | 0.5
          ReduceLROnPlateau | {"patience": 1, "mode": "max"} | mode | "min"
          ReduceLROnPlateau | {"patience": 1, "mode": "max"} | factor | 0.5
          ReduceLROnPlateau | {"patience": 1, "mode": "max"} | patience | 2
          ReduceLROnPlateau | {"patience": 1, "mode": "max"} | threshold | 0.9
          ReduceLROnPlateau | {"patience": 1, "mode": "max", "threshold": 0.25} | threshold_mode | "abs"
          ReduceLROnPlateau | {"patience": 1, "mode": "max"} | cooldown | 3
          ReduceLROnPlateau | {"patience": 1, "mode": "max"} | min_lr | 0.0005
          ReduceLROnPlateau | {"patience": 1, "mode": "max"} | eps | 0.5
          OneCycleLR        | {} | anneal_strategy | "linear"
          OneCycleLR        | {} | pct_start | 0.5
          OneCycleLR        | {} | div_factor | 10
          OneCycleLR        | {} | final_div_factor | 0.1
          OneCycleLR        | {} | base_momentum | 0.5
          OneCycleLR        | {} | max_momentum | 0.99
          """)
  void everyKeyOfAScheduleChangesTheLearningRateOrTheMomentum(
      String type, String given, String key, String value) {
    String params = "optimization_params.default.scheduler.params." + type;
    ObjectNode run =
        run(
            "optimization_params.default.scheduler.type = [\"%s\"]; %s = %s"
                .formatted(type, params, given));
    List<List<Double>> before = course(run);
    set(run, params + "." + key, value);
    assertNotEquals(before, course(run));
  }

  /**
   * Learning rate and momentum of each update; metric and loss rise by less and less, then fall.
   */
  private static List<List<Double>> course(ObjectNode run) {
    LearnerSpec spec = spec(run);
    List<List<Double>> course = new ArrayList<>();
    Position position = spec.schedule().start();
    Validation seen = Validation.NONE;
    double[] metrics = {0.1, 0.3, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3};
    for (int i = 1; i <= EPOCHS * BATCHES; i++) {
      course.add(List.of(position.lr(), position.momentum()));
      if (i % BATCHES == 0) {
        seen = new Validation(metrics[i / BATCHES - 1], 2 * metrics[i / BATCHES - 1]);
      }
      position = spec.schedule().next(position, seen);
    }
    return course;
  }

  private static void assertTeachesSomethingElse(String given, String key, String value) {
    ObjectNode run = run(given);
    Object before = LEARNED.computeIfAbsent(run.toString(), text -> learned(run.deepCopy()));
    set(run, key, value);
    assertNotEquals(before, learned(run));
  }

  private static ObjectNode run(String given) {
    ObjectNode run = (ObjectNode) Json.parse(RUN);
    if (given != null) {
      for (String setting : given.split(";", -1)) {
        String[] keyAndValue = setting.split("=", -1);
        set(run, keyAndValue[0].strip(), keyAndValue[1].strip());
      }
    }
    return run;
  }

  private static void set(ObjectNode run, String path, String json) {
    List<String> keys = Arrays.asList(path.split("\\."));
    ObjectNode at = run;
    for (String key : keys.subList(0, keys.size() - 1)) {
      at = at.withObjectProperty(key);
    }
    JsonNode value = Json.parse(json);
    at.set(keys.get(keys.size() - 1), value);
  }

  /** Every number that a training of a few steps leaves. */
  private static List<Map<String, Tensor>> learned(ObjectNode run) {
    LearnerSpec spec = spec(run);
    int side = run.at("/model_params/transformers_params/img_size/0").intValue();
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      for (int step = 0; step < STEPS; step++) {
        learner.trainStep(SelfSupervised.views(spec, batch(side, step)));
      }
      return List.of(learner.student().state(), learner.network().state());
    }
  }

  private static Batch batch(int side, int step) {
    float[] pixels = Golden.fill("images." + step, IMAGES * 3 * side * side, 2, 0);
    return new Batch(
        Tensor.ofFloats(pixels, IMAGES, 3, side, side),
        Tensor.ofLongs(new long[] {0, 0, 0, 1, 1, 2}, IMAGES));
  }

  private static LearnerSpec spec(ObjectNode run) {
    DatasetDescription dataset =
        new DatasetDescription(
            "Generated",
            List.of("a", "b", "c"),
            Task.MULTI_CLASS,
            3,
            List.of(0.5, 0.5, 0.5),
            List.of(0.5, 0.5, 0.5),
            TargetMetric.RECALL,
            true);
    LoaderSpec batches = new LoaderSpec("set", Split.TRAIN, List.of(), IMAGES, true, true, 0);
    LoaderInfo loader = new LoaderInfo("id", batches, IMAGES * BATCHES, BATCHES, List.of(6, 4, 2));
    return LearnerSpec.of(Json.convert(run, RunConfig.class), dataset, loader, 7);
  }
}
