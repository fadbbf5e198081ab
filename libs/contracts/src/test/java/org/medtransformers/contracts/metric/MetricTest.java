package org.medtransformers.contracts.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "metrics.md");

  @Test
  void namesAreThoseOfTheConventionsOfPrometheus() {
    assertEquals(List.of("medtrans_dead_letters_total"), Metric.DEAD_LETTERS.series());
    assertEquals(List.of("medtrans_disk_free_bytes"), Metric.DISK_FREE.series());
    assertEquals(
        List.of(
            "medtrans_batches_seconds_bucket",
            "medtrans_batches_seconds_count",
            "medtrans_batches_seconds_sum",
            "medtrans_batches_seconds_max"),
        Metric.BATCH_TIME.series());
  }

  @Test
  void everyMetricHasANameAndAHelpOfItsOwn() {
    List<Metric> all = List.of(Metric.values());
    assertEquals(all.size(), all.stream().map(Metric::family).distinct().count());
    assertEquals(all.size(), all.stream().map(Metric::help).distinct().count());
    for (Metric metric : all) {
      assertTrue(metric.meter().matches("medtrans(\\.[a-z]+)+"), metric::meter);
      assertTrue(metric.help().matches("[A-Z1].{10,}[^.]"), metric::help);
      assertFalse(metric.labels().contains("application"), "every metric has it");
    }
  }

  /**
   * After a change of a metric: {@code ./mvnw test -pl libs/contracts -Dmedtrans.write-docs=true}.
   */
  @Test
  void thePublishedPageSaysWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean("medtrans.write-docs")) {
      Files.writeString(PAGE, MetricsPage.text());
    }
    assertEquals(
        MetricsPage.text(),
        Files.readString(PAGE),
        "docs/metrics.md is older than the code; run again with -Dmedtrans.write-docs=true");
  }
}
