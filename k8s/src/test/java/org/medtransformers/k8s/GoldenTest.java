package org.medtransformers.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden files are what kubectl makes of the overlays; all other tests read them. */
class GoldenTest {
  private static final String KUBECTL = System.getProperty("medtrans.kubectl", "kubectl");

  @ParameterizedTest
  @EnumSource
  void anOverlayIsRenderedAsItWasReviewed(Overlay overlay)
      throws IOException, InterruptedException {
    String rendered = render(overlay.folder());
    if (Boolean.getBoolean("medtrans.k8s.renew")) {
      Files.writeString(overlay.golden(), rendered);
    }
    assertEquals(
        Files.readString(overlay.golden()),
        rendered,
        "if it is meant: ./mvnw -pl k8s test -Dtest=GoldenTest -Dmedtrans.k8s.renew=true");
  }

  private static String render(Path folder) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(KUBECTL, "kustomize", folder.toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "-Dmedtrans.kubectl names no kubectl: " + e.getMessage());
      throw e;
    }
    String rendered = new String(process.getInputStream().readAllBytes(), UTF_8);
    String complaints = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), complaints);
    assertEquals("", complaints);
    return withoutDashboards(rendered);
  }

  /** Those are reviewed where they are made, and long. */
  private static String withoutDashboards(String rendered) {
    return Stream.of(rendered.split("(?m)^---\n"))
        .filter(document -> !document.contains("\n    grafana_dashboard: "))
        .collect(Collectors.joining("---\n"));
  }
}
