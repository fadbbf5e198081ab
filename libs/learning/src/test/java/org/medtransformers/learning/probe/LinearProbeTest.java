package org.medtransformers.learning.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;

class LinearProbeTest {
  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void modelsEqualThoseOfPyTorchsOptimizer() throws IOException {
    for (JsonNode golden : reference()) {
      int outputs = golden.get("outputs").intValue();
      try (LinearProbe probe =
          LinearProbe.fit(
              matrix(golden.get("features"), 4),
              matrix(golden.get("targets"), outputs),
              golden.get("name").asText().equals("one_of_several"),
              TorchDevice.CPU,
              () -> {})) {
        List<float[]> logits = probe.logits(matrix(golden.get("queries"), 4));
        assertEquals(golden.get("logits").size(), logits.size());
        for (int rate = 0; rate < logits.size(); rate++) {
          assertArrayEquals(
              floats(golden.get("logits").get(rate)), logits.get(rate), 2e-4f, "rate " + rate);
        }
      }
    }
  }

  @Test
  void constantFeaturesAreIgnored() {
    Tensor features = Tensor.ofFloats(new float[] {1, 7, 3, 7}, 2, 2);
    assertArrayEquals(
        new float[] {-1, 0, 1, 1, 0, 1}, Standardiser.of(features).apply(features).floats(), 1e-6f);
  }

  @Test
  void whatEndsAnEpochEndsTheFit() {
    Tensor one = Tensor.ofFloats(new float[] {1, 2}, 2, 1);
    assertThrows(
        IllegalStateException.class,
        () ->
            LinearProbe.fit(
                    one,
                    one,
                    false,
                    TorchDevice.CPU,
                    () -> {
                      throw new IllegalStateException("stop");
                    })
                .close());
  }

  private static Tensor matrix(JsonNode values, int columns) {
    float[] floats = floats(values);
    return Tensor.ofFloats(floats, floats.length / columns, columns);
  }

  private static float[] floats(JsonNode values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private static JsonNode reference() throws IOException {
    try (InputStream in = LinearProbeTest.class.getResourceAsStream("/probe/reference.json")) {
      return Json.mapper().readTree(in);
    }
  }
}
