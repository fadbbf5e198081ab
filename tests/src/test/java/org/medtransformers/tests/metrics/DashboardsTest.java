package org.medtransformers.tests.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.Json;

/** What can be said of the dashboards without a Grafana. */
class DashboardsTest {
  private static final int COLUMNS = 24;
  private static final Pattern OTHER_DASHBOARD = Pattern.compile("\"/d/([\\w-]+)");

  static List<Dashboard> dashboards() throws IOException {
    return Dashboard.all();
  }

  private static List<Error> faults(String schema, JsonNode document) throws IOException {
    try (InputStream in =
        DashboardsTest.class.getResourceAsStream("/grafana/" + schema + ".json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(Json.mapper().readTree(in))
          .validate(document);
    }
  }

  private static void assertFollows(String schema, JsonNode document, String what)
      throws IOException {
    assertEquals(List.of(), faults(schema, document), what);
  }

  /** And the options of each panel that of its type. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void aDashboardFollowsThePublishedTypesOfGrafana(Dashboard dashboard) throws IOException {
    assertFollows("dashboard", dashboard.json(), dashboard.file());
    for (JsonNode panel : dashboard.graphs().toList()) {
      ObjectNode settings = Json.mapper().createObjectNode();
      settings.set("options", panel.path("options"));
      JsonNode custom = panel.at("/fieldConfig/defaults/custom");
      settings.set("custom", custom.isMissingNode() ? Json.mapper().createObjectNode() : custom);
      assertFollows(panel.path("type").asText(), settings, title(dashboard, panel));
    }
  }

  @Test
  void aMisspeltOptionIsFound() throws IOException {
    JsonNode wrong = Json.parse("{\"options\": {\"showHeeader\": true}, \"custom\": {}}");
    assertFalse(faults("table", wrong).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsLieInTheGridAndOnNoOther(Dashboard dashboard) {
    Set<List<Integer>> taken = new HashSet<>();
    for (JsonNode panel : dashboard.panels().toList()) {
      JsonNode at = panel.path("gridPos");
      int right = at.path("x").asInt() + at.path("w").asInt();
      assertTrue(at.path("x").asInt() >= 0 && right <= COLUMNS, title(dashboard, panel));
      for (int x = at.path("x").asInt(); x < right; x++) {
        for (int y = 0; y < at.path("h").asInt(); y++) {
          assertTrue(taken.add(List.of(x, at.path("y").asInt() + y)), title(dashboard, panel));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelSaysWhatItShowsAndInWhichUnit(Dashboard dashboard) {
    for (JsonNode panel : dashboard.graphs().toList()) {
      String title = title(dashboard, panel);
      assertTrue(panel.path("description").asText().length() > 5, title);
      assertFalse(panel.at("/fieldConfig/defaults/unit").asText().isEmpty(), title);
      assertFalse(panel.at("/fieldConfig/defaults/thresholds/steps").isEmpty(), title);
      assertEquals("${datasource}", panel.at("/datasource/uid").asText(), title);
      for (JsonNode target : panel.path("targets")) {
        boolean legend = List.of("timeseries", "bargauge").contains(panel.path("type").asText());
        assertEquals(legend, target.has("legendFormat"), title);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void idsAreUnique(Dashboard dashboard) {
    List<JsonNode> panels = dashboard.panels().toList();
    assertEquals(panels.size(), panels.stream().map(p -> p.path("id")).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyMetricIsOneThatSomebodyExports(Dashboard dashboard) throws IOException {
    Set<String> known = KnownMetrics.all();
    List<Query> queries = new ArrayList<>(dashboard.queries());
    queries.addAll(dashboard.variableQueries());
    for (Query query : queries) {
      Set<String> asked = new TreeSet<>(PromQl.metrics(query.expression()));
      assertFalse(asked.isEmpty(), query::toString);
      asked.removeAll(known);
      assertEquals(Set.of(), asked, query::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void linksLeadToDashboardsThatThereAre(Dashboard dashboard) throws IOException {
    Set<String> uids = Dashboard.all().stream().map(Dashboard::uid).collect(Collectors.toSet());
    assertEquals(Dashboard.all().size(), uids.size());
    Matcher link = OTHER_DASHBOARD.matcher(dashboard.json().toString());
    while (link.find()) {
      assertTrue(uids.contains(link.group(1)), link::group);
    }
  }

  @Test
  void eachIsAConfigMapOfItsOwnForTheSidecar() throws IOException {
    JsonNode kustomization = Alerts.yaml(Dashboard.FOLDER.resolve("kustomization.yaml"));
    Set<String> listed =
        Dashboard.elements(kustomization.path("configMapGenerator"))
            .map(map -> map.at("/files/0").asText().replaceFirst(".*=", ""))
            .collect(Collectors.toSet());
    Set<String> there = Dashboard.all().stream().map(Dashboard::file).collect(Collectors.toSet());
    assertEquals(there, listed);
    assertEquals("1", kustomization.at("/generatorOptions/labels/grafana_dashboard").asText());
    assertTrue(kustomization.at("/generatorOptions/disableNameSuffixHash").asBoolean());
  }

  @Test
  void aDashboardFitsIntoAConfigMap() throws IOException {
    for (Dashboard dashboard : Dashboard.all()) {
      assertTrue(Files.size(Dashboard.FOLDER.resolve(dashboard.file())) < 1 << 20);
    }
  }

  private static String title(Dashboard dashboard, JsonNode panel) {
    return dashboard.file() + " » " + panel.path("title").asText();
  }
}
