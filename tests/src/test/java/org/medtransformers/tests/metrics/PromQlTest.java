package org.medtransformers.tests.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {
  private static final String QUERY =
      """
      histogram_quantile(0.5, sum by (le, kind) (rate(a_bucket{kind="b", x=~"c|d"}[5m]))) / 1e6
        and on (kind) max(e_total) > 0 unless on () count(avg_over_time(f[10m]) < 5) > 0
      """;

  @Test
  void metricsAreToldFromFunctionsLabelsStringsAndNumbers() {
    assertEquals(Set.of("a_bucket", "e_total", "f"), PromQl.metrics(QUERY));
  }

  @Test
  void selectorsKeepWhatIsAskedOfLabels() {
    assertEquals(
        List.of("a_bucket{kind=\"b\", x=~\"c|d\"}", "e_total", "f"), PromQl.selectors(QUERY));
  }
}
