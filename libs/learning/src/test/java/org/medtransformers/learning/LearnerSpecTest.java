package org.medtransformers.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.optimizer.Optimizer;

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
       "training_params": {"epochs": 3, "grad_clipping": 1.5}}
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
  }

  @Test
  void warmupStartsFromTheScaledLearningRate() {
    assertEquals(1e-8 + (0.0005 - 1e-8) / 4, learner(RUN).schedule().start().lr(), 1e-15);
  }

  @Test
  void binaryTasksHaveOneLogit() {
    RunConfig run = Json.convert(Json.parse(RUN), RunConfig.class);
    assertEquals(1, LearnerSpec.of(run, Task.BINARY, 2, 1, 10, 0).model().outputs());
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
  void whatIsNotBuiltIsRefused() {
    assertEquals(ErrorCode.NOT_BUILT_YET, refusal(RUN.replace("AdamW", "Adagrad")));
    ObjectNode run = (ObjectNode) Json.parse(RUN);
    run.withObject("/optimization_params/default/optimizer/params").put("amsgrad", true);
    assertEquals(ErrorCode.NOT_BUILT_YET, refusal(Json.write(run)));
  }

  private static ErrorCode refusal(String run) {
    return assertThrows(MedtransException.class, () -> learner(run)).code();
  }

  private static LearnerSpec learner(String run) {
    return LearnerSpec.of(
        Json.convert(Json.parse(run), RunConfig.class), Task.MULTI_CLASS, 5, 3, 10, 7);
  }
}
