package org.medtransformers.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that takes each field at its word takes every document. */
class StrictSchemaTest {
  private static final String FOLDER = System.getProperty("medtrans.k8s.schemas", "");
  private static final String TEMPLATE = "io.k8s.api.core.v1.PodTemplateSpec";
  private static ApiSchemas schemas;

  @BeforeAll
  static void read() throws IOException {
    assumeFalse(FOLDER.isEmpty(), "-Dmedtrans.k8s.schemas names no folder with a server's API");
    schemas = new ApiSchemas(Path.of(FOLDER));
  }

  @ParameterizedTest
  @EnumSource
  void everyDocumentIsWhatItsKindAllows(Overlay overlay) {
    assertEquals(List.of(), faults(overlay.manifests()));
  }

  @ParameterizedTest
  @CsvSource({
    "SMALL, Deployment, gateway, /spec/template/spec, enableServiceLink, true",
    "SMALL, Deployment, gateway, /spec/template/spec, restartPolicy, Sometimes",
    "SMALL, Deployment, gateway, /spec/template/spec/containers/0, imagePullPolicy, always",
    "SMALL, PodDisruptionBudget, gateway, /spec, unhealthyPodEvictionPolicy, Always",
    "SMALL, PersistentVolumeClaim, medtrans-home, /spec/resources/requests, storage, true",
    "GPU, ScaledJob, trainer, /spec/scalingStrategy, strategy, exact",
    "GPU, ScaledJob, trainer, /spec, rollouts, gradual",
    "GPU, ScaledJob, trainer, /spec/jobTargetRef/template/spec/tolerations/0, effect, NoScheduling",
    "GPU, ClusterQueue, medtrans, /spec, cohort, all",
    "GPU, PodMonitor, medtrans, /spec/podMetricsEndpoints/0, intervals, 15s",
    "PRODUCTION, Kafka, medtrans, /spec/kafka, replicas, 3",
    "PRODUCTION, KafkaUser, gateway, /spec/authentication, type, scram-sha-256",
    "PRODUCTION, Cluster, postgres, /spec, instance, 3",
    "PRODUCTION, NetworkPolicy, nothing, /spec/policyTypes, 0, In",
  })
  void aWrongFieldOrValueIsFound(
      Overlay overlay, String kind, String name, String pointer, String field, String value) {
    Manifests broken = overlay.manifests();
    Broken.set(broken.find(kind, name).orElseThrow().at(pointer), field, value);
    assertFalse(faults(broken).isEmpty());
  }

  private static List<String> faults(Manifests manifests) {
    return manifests.all().stream()
        .flatMap(m -> Stream.concat(ownFaults(m), podFaults(m)).map(fault -> m + " " + fault))
        .toList();
  }

  private static Stream<String> ownFaults(Manifest manifest) {
    return schemas.faults(manifest.document()).stream();
  }

  /** An operator's type says less of a pod than the server, which it asks for one. */
  private static Stream<String> podFaults(Manifest manifest) {
    return manifest.kind().equals("ScaledJob")
        ? manifest.pods().flatMap(p -> schemas.faults(p.template(), "batch/v1", TEMPLATE).stream())
        : Stream.empty();
  }
}
