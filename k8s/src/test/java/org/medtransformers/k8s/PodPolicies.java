package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What holds for each pod by itself. */
final class PodPolicies {
  /** Of the Pod Security Standard {@code restricted}. */
  private static final List<String> SAFE_VOLUMES =
      List.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private static final Map<String, String> PROBES =
      Map.of(
          "startupProbe", "/q/health/started",
          "readinessProbe", "/q/health/ready",
          "livenessProbe", "/q/health/live");

  private PodPolicies() {}

  /** The Pod Security Standard {@code restricted}, with a root file system that is read only. */
  static Stream<String> restricted(Manifests manifests) {
    return Stream.concat(
        manifests.pods().flatMap(PodPolicies::restricted),
        manifests
            .ofKind("Namespace")
            .filter(
                n ->
                    !n.labels()
                        .path("pod-security.kubernetes.io/enforce")
                        .asText()
                        .equals("restricted"))
            .map(n -> n + " does not enforce the standard restricted"));
  }

  private static Stream<String> restricted(Pod pod) {
    JsonNode context = pod.spec().path("securityContext");
    return Stream.of(
            Stream.of("hostNetwork", "hostPID", "hostIPC")
                .filter(f -> pod.spec().path(f).asBoolean())
                .map(f -> pod + " has " + f),
            complain(!context.path("runAsNonRoot").asBoolean(), pod + " may run as root"),
            complain(
                context.path("runAsUser").asInt(0) == 0, pod + " does not say as whom it runs"),
            complain(
                !context.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
                pod + " has no seccomp profile"),
            Pod.stream(pod.spec().path("volumes"))
                .filter(v -> SAFE_VOLUMES.stream().noneMatch(v::has))
                .map(v -> pod + " mounts what it may not: " + v),
            pod.containers().flatMap(c -> restricted(pod, c)))
        .flatMap(s -> s);
  }

  private static Stream<String> restricted(Pod pod, JsonNode container) {
    JsonNode context = container.path("securityContext");
    String name = pod + " container " + container.path("name").asText();
    return Stream.of(
            complain(
                context.path("allowPrivilegeEscalation").asBoolean(true), name + " may escalate"),
            complain(
                !context.path("readOnlyRootFilesystem").asBoolean(), name + " may write anywhere"),
            complain(context.path("privileged").asBoolean(), name + " is privileged"),
            complain(
                !context.at("/capabilities/drop/0").asText().equals("ALL"),
                name + " keeps capabilities"),
            complain(context.at("/capabilities").has("add"), name + " adds capabilities"))
        .flatMap(s -> s);
  }

  /** Everything long-lived says when it is up; ours at the places where Quarkus says so. */
  static Stream<String> probed(Manifests manifests) {
    return manifests
        .pods()
        .filter(pod -> !pod.owner().kind().equals("Pod"))
        .flatMap(
            pod ->
                pod.containers()
                    .flatMap(
                        c ->
                            PROBES.entrySet().stream()
                                .filter(probe -> !isProbed(c, probe.getKey(), probe.getValue()))
                                .map(probe -> pod + " has no proper " + probe.getKey())));
  }

  private static boolean isProbed(JsonNode container, String probe, String path) {
    JsonNode how = container.path(probe);
    return Pod.ours(container)
        ? how.at("/httpGet/path").asText().equals(path)
        : how.has("tcpSocket") || how.has("exec") || how.has("httpGet");
  }

  /** A scheduler knows what a pod needs, and a node what it may use. */
  static Stream<String> bounded(Manifests manifests) {
    return manifests
        .pods()
        .flatMap(
            pod ->
                pod.containers()
                    .flatMap(
                        c ->
                            Stream.of("/requests/cpu", "/requests/memory", "/limits/memory")
                                .filter(p -> c.path("resources").at(p).isMissingNode())
                                .map(p -> pod + " has no " + p)));
  }

  /** Nobody holds a token of the API server. */
  static Stream<String> withoutToken(Manifests manifests) {
    return Stream.concat(
        manifests
            .pods()
            .filter(pod -> pod.spec().path("automountServiceAccountToken").asBoolean(true))
            .map(pod -> pod + " mounts a token"),
        manifests
            .ofKind("ServiceAccount")
            .filter(account -> account.at("/automountServiceAccountToken").asBoolean(true))
            .map(account -> account + " mounts a token"));
  }

  /**
   * The variables that Kubernetes sets for a Service {@code gateway} would be taken for {@code
   * GATEWAY_PORT}, those for a Service {@code kafka} for settings of a broker.
   */
  static Stream<String> withoutServiceLinks(Manifests manifests) {
    return manifests
        .pods()
        .filter(pod -> pod.spec().path("enableServiceLinks").asBoolean(true))
        .map(pod -> pod + " is given the variables of all Services");
  }

  /** Each is found by the labels that tools know. */
  static Stream<String> labelled(Manifests manifests) {
    return manifests
        .pods()
        .flatMap(
            pod ->
                Stream.of("app.kubernetes.io/name", "app.kubernetes.io/part-of")
                    .filter(label -> !pod.labels().has(label))
                    .map(label -> pod + " has no label " + label));
  }

  private static Stream<String> complain(boolean wrong, String complaint) {
    return wrong ? Stream.of(complaint) : Stream.empty();
  }
}
