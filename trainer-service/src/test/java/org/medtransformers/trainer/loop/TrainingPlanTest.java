package org.medtransformers.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;

class TrainingPlanTest {

  @Test
  void aRunIsEpochsTimesBatchesLong() {
    TrainingPlan plan = TrainingPlan.of(params(3, 1), loader(7));
    assertEquals(21, plan.iterations());
    assertEquals(1.0 / 7, plan.epoch(1));
    assertEquals(3.0, plan.epoch(21));
  }

  @Test
  void validatesAtTheEndOfEachEpoch() {
    assertEquals(List.of(7, 14, 21), validations(3, 7, 1));
  }

  @Test
  void fractionsOfAnEpochDoNotDriftAwayFromItsEnd() {
    assertEquals(List.of(4, 7, 11, 14), validations(2, 7, 0.5));
    assertEquals(List.of(3, 5, 7, 10, 12, 14), validations(2, 7, 1 / 3.0));
  }

  @Test
  void tenthsOfAnEpochAreExactDespiteRounding() {
    assertEquals(IntStream.rangeClosed(1, 30).boxed().toList(), validations(3, 10, 0.1));
  }

  @Test
  void severalEpochsMayPassBetweenValidations() {
    assertEquals(List.of(14, 28), validations(5, 7, 2));
  }

  @Test
  void infinityMeansNever() {
    assertEquals(List.of(), validations(5, 7, Double.POSITIVE_INFINITY));
  }

  @Test
  void moreThanOncePerIterationIsOncePerIteration() {
    assertEquals(List.of(1, 2, 3), validations(1, 3, 0.01));
  }

  @Test
  void logsEveryFewIterationsAndAtTheEnd() {
    TrainingPlan plan = new TrainingPlan(5, 5, 1, 2);
    assertEquals(
        List.of(2, 4, 5), IntStream.rangeClosed(1, 5).filter(plan::logsAfter).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({"epochs, 5", "val_every, 0.5", "log_every, 2"})
  void everyKeyOfItMakesAnotherPlan(String key, double value) {
    ObjectNode keys = Json.mapper().createObjectNode();
    keys.put("epochs", 3).put("val_every", 1).put("log_every", 10);
    TrainingPlan before = plan(keys);
    assertNotEquals(before, plan(keys.put(key, value)));
  }

  private static TrainingPlan plan(ObjectNode keys) {
    return TrainingPlan.of(Json.convert(keys, RunConfig.TrainingParams.class), loader(7));
  }

  @Test
  void aSplitWithoutAnyBatchIsRefused() {
    MedtransException e =
        assertThrows(MedtransException.class, () -> TrainingPlan.of(params(3, 1), loader(0)));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains("drop_last"), e.getMessage());
  }

  @Test
  void moreIterationsThanCanBeCountedAreRefused() {
    MedtransException e =
        assertThrows(
            MedtransException.class, () -> TrainingPlan.of(params(1 << 20, 1), loader(1 << 11)));
    assertEquals(ErrorCode.INVALID_REQUEST, e.code());
    assertTrue(e.getMessage().contains("2147483648 iterations"), e.getMessage());
  }

  private static List<Integer> validations(int epochs, int batches, double every) {
    TrainingPlan plan = TrainingPlan.of(params(epochs, every), loader(batches));
    return IntStream.rangeClosed(1, plan.iterations())
        .filter(plan::validatesAfter)
        .boxed()
        .toList();
  }

  private static RunConfig.TrainingParams params(int epochs, double validateEvery) {
    return new RunConfig.TrainingParams(
        "model",
        epochs,
        validateEvery,
        10,
        true,
        0,
        false,
        false,
        false,
        false,
        false,
        200,
        false,
        null);
  }

  private static LoaderInfo loader(int batches) {
    LoaderSpec spec = new LoaderSpec("id", Split.TRAIN, List.of(), 16, true, true, 0);
    return new LoaderInfo("loader", spec, 16 * batches, batches, List.of(8 * batches, 8 * batches));
  }
}
