package org.medtransformers.eval.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.tensor.Tensor;

class PredictionsFileTest {

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    PredictionsFile file = new PredictionsFile(dataset(Task.MULTI_CLASS, "a", "b", "c"));
    float[] logits = {0, (float) Math.log(2), (float) Math.log(5), 1000, 0, 0};
    file.add(Tensor.ofLongs(new long[] {7, 8}, 2), new int[] {2, 1}, Tensor.ofFloats(logits, 2, 3));
    assertEquals(
        """
        index,label,prediction,probability_0,probability_1,probability_2
        7,2,2,0.125,0.25,0.625
        8,1,0,1.0,0.0,0.0
        """,
        file.csv());
  }

  @Test
  void oneLogitIsTheLogOddsOfThePositiveClass() {
    PredictionsFile file = new PredictionsFile(dataset(Task.BINARY, "no", "yes"));
    float[] logits = {(float) Math.log(3), (float) -Math.log(3)};
    file.add(Tensor.ofLongs(new long[] {0, 1}, 2), new int[] {1, 1}, Tensor.ofFloats(logits, 2, 1));
    assertEquals(
        """
        index,label,prediction,probability_0,probability_1
        0,1,1,0.25,0.75
        1,1,0,0.75,0.25
        """,
        file.csv());
  }

  @Test
  void severalFindingsHaveAProbabilityEachAndAreListedLikeTheIndexListsThem() {
    PredictionsFile file = new PredictionsFile(dataset(Task.MULTI_LABEL, "a", "b", "c"));
    float three = (float) Math.log(3);
    float[] logits = {three, -three, three, -three, -three, 0};
    int[] labels = {0, 1, 1, 0, 0, 0};
    file.add(Tensor.ofLongs(new long[] {4, 5}, 2), labels, Tensor.ofFloats(logits, 2, 3));
    assertEquals(
        """
        index,label,prediction,probability_0,probability_1,probability_2
        4,1;2,0;2,0.75,0.25,0.75
        5,,,0.25,0.25,0.5
        """,
        file.csv());
  }

  private static DatasetDescription dataset(Task task, String... classes) {
    return new DatasetDescription(
        "Generated",
        List.of(classes),
        task,
        1,
        List.of(0.5),
        List.of(0.5),
        TargetMetric.RECALL,
        true);
  }
}
