package org.medtransformers.contracts.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/metrics.md}. */
final class MetricsPage {
  private static final String HEAD =
      """
      # Metrics

      Made from the code ([Metric](../libs/contracts/src/main/java/org/medtransformers/contracts/metric/Metric.java)); \
      a test holds it to that. Every service answers at `/q/metrics`, the gateway to whoever may see all experiments ([access](access.md)); dashboards and alerts over these are in \
      [k8s](../k8s/dashboards/README.md).

      - Every metric has the label `application`: `gateway`, `data-service`, `trainer-service` or `eval-service`.
      - A *histogram* `x` has the series `x_bucket`, `x_count`, `x_sum` and `x_max`, a *summary* all but the first.
      - What has the labels `run` or `experiment` is there only while that is of interest: a training's series go \
      with the training, those of experiments are of the 50 newest.
      - `owner` is the person that an experiment belongs to ([access](access.md)); `code` is an [error code](api.md).

      """;
  private static final String TABLE =
      "| name | type | unit | labels | of | what it is |\n|---|---|---|---|---|---|\n";
  private static final String LIBRARIES =
      """

      ## Of libraries
      Those that dashboards and alerts ask for; Micrometer, the Kafka client and the connection pool have more.

      | name | type | labels |
      |---|---|---|
      """;

  private MetricsPage() {}

  static String text() {
    return HEAD
        + TABLE
        + Stream.of(Metric.values()).map(MetricsPage::row).collect(Collectors.joining())
        + LIBRARIES
        + Stream.of(LibraryMetric.values()).map(MetricsPage::row).collect(Collectors.joining());
  }

  private static String row(Metric metric) {
    String name = metric.kind() == Kind.COUNTER ? metric.series().get(0) : metric.family();
    boolean timed = metric.kind() == Kind.SUMMARY || metric.kind() == Kind.HISTOGRAM;
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            name,
            metric.kind().name().toLowerCase(Locale.ROOT),
            timed ? "seconds" : metric.unit(),
            codes(metric.labels()),
            metric.exporter().label(),
            metric.help());
  }

  private static String row(LibraryMetric metric) {
    List<String> labels =
        metric.labels().isEmpty() ? List.of() : Arrays.asList(metric.labels().split(", "));
    return "| `%s` | %s | %s |\n".formatted(metric.series(), metric.type(), codes(labels));
  }

  private static String codes(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
