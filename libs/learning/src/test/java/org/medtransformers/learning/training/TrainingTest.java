package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

class TrainingTest {
  private static final Optimizer STANDSTILL = new Optimizer.Sgd(0, 0, 0, 0, false);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void droppedPathsChangeFromStepToStepButNotInEvaluation() {
    try (Learner learner = learner(transformer(0.5))) {
      Batch batch = batch(4, 16);
      assertNotEquals(learner.trainStep(batch).loss(), learner.trainStep(batch).loss());
      assertEquals(
          learner.network().evaluate(batch.images()), learner.network().evaluate(batch.images()));
    }
  }

  @Test
  void withoutDroppedPathsTrainingAndEvaluationAgree() {
    try (Learner learner = learner(transformer(0))) {
      Batch batch = batch(4, 16);
      double loss = learner.trainStep(batch).loss();
      assertEquals(loss, learner.trainStep(batch).loss());
      Metrics metrics = learner.network().metrics(batch.task(), List.of(batch, batch));
      assertEquals(8, metrics.n());
      assertEquals(loss, metrics.loss(), 1e-6);
    }
  }

  @Test
  void aLearnerRefusesOtherThreads() {
    try (Learner learner = learner(transformer(0))) {
      CompletionException e =
          assertThrows(
              CompletionException.class,
              () ->
                  CompletableFuture.supplyAsync(
                          () -> learner.network().evaluate(batch(1, 16).images()))
                      .join());
      assertTrue(e.getCause() instanceof IllegalStateException, e.toString());
    }
  }

  @Test
  void batchNormOverASingleValueIsRefused() {
    try (Learner learner = learner(ModelSpec.resnet(Backbone.TEST_RESNET, 3, 2))) {
      MedtransException e =
          assertThrows(MedtransException.class, () -> learner.trainStep(batch(1, 32)));
      assertEquals(ErrorCode.INVALID_REQUEST, e.code());
      assertTrue(Double.isFinite(learner.trainStep(batch(2, 32)).loss()));
    }
  }

  @Test
  void imagesWithOtherChannelsAreRefused() {
    try (Learner learner = learner(ModelSpec.resnet(Backbone.TEST_RESNET, 1, 2))) {
      MedtransException e =
          assertThrows(MedtransException.class, () -> learner.trainStep(batch(2, 32)));
      assertEquals(ErrorCode.INVALID_REQUEST, e.code());
    }
  }

  private static ModelSpec transformer(double dropPath) {
    return new ModelSpec(Backbone.TEST_VIT, 3, 2, 16, 8, dropPath);
  }

  private static Learner learner(ModelSpec model) {
    return Learner.create(
        new LearnerSpec(model, STANDSTILL, Schedule.constant(STANDSTILL), 0, false, 3),
        TorchDevice.CPU);
  }

  private static Batch batch(int n, int side) {
    long[] labels = new long[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 2;
    }
    float[] images = Golden.fill("images", n * 3 * side * side, 2, 0);
    return new Batch(Tensor.ofFloats(images, n, 3, side, side), Tensor.ofLongs(labels, n));
  }
}
