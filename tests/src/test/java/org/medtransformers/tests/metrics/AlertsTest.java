package org.medtransformers.tests.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");
  private static final Path CASES = Alerts.FOLDER.resolve("medtransformers.test.yml");

  private static Set<String> names() throws IOException {
    return Alerts.rules().stream()
        .map(rule -> rule.path("alert").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theOperatorGetsTheSameRulesAsAPlainPrometheus() throws IOException {
    JsonNode resource = Alerts.yaml(Alerts.FOLDER.resolve("prometheus-rule.yaml"));
    assertEquals("monitoring.coreos.com/v1", resource.path("apiVersion").asText());
    assertEquals("PrometheusRule", resource.path("kind").asText());
    assertEquals(Alerts.yaml(Alerts.RULES), resource.path("spec"));
  }

  @Test
  void everyAlertSaysHowBadItIsWhatItMeansAndWhatToDo() throws IOException {
    String operations = Files.readString(OPERATIONS);
    for (JsonNode rule : Alerts.rules()) {
      String name = rule.path("alert").asText();
      String severity = rule.at("/labels/severity").asText();
      assertTrue(List.of("warning", "critical").contains(severity), name);
      assertFalse(rule.at("/annotations/summary").asText().isEmpty(), name);
      assertFalse(rule.at("/annotations/description").asText().isEmpty(), name);
      assertEquals(
          "docs/operations.md#" + name.toLowerCase(Locale.ROOT),
          rule.at("/annotations/runbook").asText());
      assertTrue(operations.contains("\n### " + name + "\n"), name + " has no section");
    }
  }

  @Test
  void everyMetricIsOneThatSomebodyExports() throws IOException {
    Set<String> known = KnownMetrics.all();
    for (JsonNode rule : Alerts.rules()) {
      Set<String> asked = new TreeSet<>(PromQl.metrics(rule.path("expr").asText()));
      assertFalse(asked.isEmpty(), rule::toString);
      asked.removeAll(known);
      assertEquals(Set.of(), asked, rule::toString);
    }
  }

  @Test
  void everyAlertIsSeenFiringAndSilent() throws IOException {
    Map<Boolean, Set<String>> seen =
        Dashboard.elements(Alerts.yaml(CASES).path("tests"))
            .flatMap(test -> Dashboard.elements(test.path("alert_rule_test")))
            .collect(
                Collectors.partitioningBy(
                    test -> test.path("exp_alerts").isEmpty(),
                    Collectors.mapping(
                        test -> test.path("alertname").asText(),
                        Collectors.toCollection(TreeSet::new))));
    assertEquals(names(), seen.get(false), "fire");
    assertEquals(names(), seen.get(true), "are silent");
  }

  @Test
  void promtoolFindsThatTheyFireWhenTheyShould() throws Exception {
    Prometheus.requireInstalled();
    Process promtool =
        new ProcessBuilder("promtool", "test", "rules", CASES.getFileName().toString())
            .directory(Alerts.FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, promtool.waitFor(), said);
  }
}
