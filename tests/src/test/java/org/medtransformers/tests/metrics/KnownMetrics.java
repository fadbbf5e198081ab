package org.medtransformers.tests.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medtransformers.contracts.metric.Metric;

/** The metrics that somebody exports. */
final class KnownMetrics {
  /** What exporters say that no test can run. */
  static final List<String> RECORDED = List.of("dcgm.txt", "kafka.txt", "cloudnative-pg.txt");

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)[{ ]");

  /** Prometheus makes it itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  private KnownMetrics() {}

  static Set<String> all() throws IOException {
    Set<String> names = new HashSet<>(OF_PROMETHEUS);
    names.addAll(ofServices());
    RECORDED.forEach(file -> names.addAll(names(SAMPLE, recorded(file))));
    return names;
  }

  /** Those that the services themselves export. */
  static Set<String> ofServices() throws IOException {
    Set<String> names = new HashSet<>(names(ROW, Files.readString(PAGE)));
    Arrays.stream(Metric.values())
        .forEach(
            metric -> {
              names.remove(metric.family());
              names.addAll(metric.series());
            });
    return names;
  }

  static String recorded(String file) {
    try (InputStream in = KnownMetrics.class.getResourceAsStream("/exposition/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new HashSet<>();
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }
}
