package org.medtransformers.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.command.Samples;

class MetricsTextTest {
  /** Validation before the first iteration, after the best one, test, and the neighbours. */
  @Test
  void everyRunHasALineForEachOfItsMeasurements() {
    List<List<String>> lines =
        MetricsText.render(List.of(Samples.measured(0.1, 0.2, 0.3, 0.4)))
            .lines()
            .map(line -> List.of(line.trim().split("\\s{2,}")))
            .toList();
    int kappa = lines.get(0).indexOf("cohen_kappa");
    assertEquals(List.of("begin", "0.1000"), pair(lines.get(1), 2, kappa));
    assertEquals(List.of("val", "0.2000"), pair(lines.get(2), 0, kappa - 2));
    assertEquals(List.of("test", "0.3000"), pair(lines.get(3), 0, kappa - 2));
    assertEquals(List.of("knn", "0.4000"), pair(lines.get(4), 0, kappa - 2));
  }

  private static List<String> pair(List<String> line, int first, int second) {
    return List.of(line.get(first), line.get(second));
  }
}
