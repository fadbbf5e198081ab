package org.medtransformers.learning.knn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;

class NeighboursTest {
  @Test
  void aTenthOfTheImagesVoteUnlessTheFileSaysHowMany() {
    assertEquals(1, k("", 5));
    assertEquals(14, k("", 145));
    assertEquals(200, k("", 2_000));
    assertEquals(200, k("", 20_000));
    assertEquals(20, k("\"knn_nhood\": 20", 145));
    assertEquals(145, k("\"knn_nhood\": 200", 145));
  }

  private static int k(String asked, int images) {
    RunConfig config = Json.read("{\"training_params\": {%s}}".formatted(asked), RunConfig.class);
    try (Neighbours neighbours =
        new Neighbours(
            FeatureBankTest.dataset(Task.MULTI_CLASS, "a", "b"), config, TorchDevice.CPU)) {
      neighbours.remember(Tensor.ofFloats(new float[images], images, 1), new int[images]);
      return neighbours.k();
    }
  }
}
