package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.imaging.Distribution;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.random.RandomStream;
import org.medtransformers.imaging.transform.Box;

class ErasingTest {
  private static final int DRAWS = 20_000;

  private static Transforms.RandomErasing erasing(double from, double to, double p) {
    return new Transforms.RandomErasing(true, List.of(from, to), List.of(0.3, 3.3), 0, p);
  }

  private static List<Optional<Box>> draws(Transforms.RandomErasing erasing) {
    return IntStream.range(0, DRAWS)
        .mapToObj(i -> RandomStream.ofTransform(9, 0, i, 0, Erasing.NUMBER))
        .map(random -> Erasing.draw(erasing, 1000, 1000, random))
        .toList();
  }

  @Test
  void itHappensWithItsProbability() {
    long happened = draws(erasing(0.02, 0.2, 0.3)).stream().filter(Optional::isPresent).count();
    Distribution.assertShare(0.3, happened, DRAWS);
  }

  @Test
  void areaIsUniformAndRatioOfHeightToWidthLogUniform() {
    List<Box> boxes = draws(erasing(0.02, 0.2, 1)).stream().flatMap(Optional::stream).toList();
    Distribution.assertUniform(
        0.02, 0.2, boxes.stream().map(b -> b.height() * b.width() / 1e6).toList());
    Distribution.assertUniform(
        Math.log(0.3),
        Math.log(3.3),
        boxes.stream().map(b -> Math.log((double) b.height() / b.width())).toList());
    Distribution.assertUniform(
        0, 1, boxes.stream().map(b -> (b.top() + 0.5) / (1001.0 - b.height())).toList());
  }

  @Test
  void aRectangleAsHighOrWideAsTheImageIsNeverErased() {
    assertTrue(draws(erasing(1, 1, 1)).stream().allMatch(Optional::isEmpty));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theValueIsANormalisedOneInEveryChannel(int channels) {
    DatasetDescription dataset =
        new DatasetDescription(
            "any",
            List.of(),
            Task.MULTI_CLASS,
            channels,
            List.of(0.4, 0.2, 0.1).subList(0, channels),
            List.of(0.3, 0.2, 0.1).subList(0, channels),
            TargetMetric.RECALL,
            true);
    Image white = new Image(filled(5 * 4 * channels), 5, 4, channels);
    float[] values = new float[5 * 4 * channels];
    PixelScale.normalized(dataset).convert(white, values);
    float[] before = values.clone();
    Erasing.fill(values, white, new Box(1, 2, 3, 2), -0.75f);
    for (int c = 0; c < channels; c++) {
      assertEquals(
          (1f - dataset.mean().get(c).floatValue()) / dataset.std().get(c).floatValue(),
          before[c * 20]);
      for (int i = 0; i < 20; i++) {
        boolean inside = i / 4 >= 1 && i / 4 < 4 && i % 4 >= 2;
        assertEquals(inside ? -0.75f : before[c * 20 + i], values[c * 20 + i]);
      }
    }
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 255);
    return bytes;
  }
}
