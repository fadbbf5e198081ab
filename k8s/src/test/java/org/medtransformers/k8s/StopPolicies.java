package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How things end. */
final class StopPolicies {
  /** How long the last events may take to be sent: libs/service. */
  private static final long EVENTS = 10;

  private StopPolicies() {}

  /**
   * The grace lasts until requests under way were answered, a job was given back ({@code
   * medtrans.jobs.stop-patience}) and events were sent.
   */
  static Stream<String> enoughGrace(Manifests manifests) {
    long patience =
        Duration.parse("PT" + KnownKeys.get().defaultOf("medtrans.jobs.stop-patience")).toSeconds();
    return manifests
        .pods()
        .filter(Pod::ours)
        .filter(
            pod ->
                pod.spec().path("terminationGracePeriodSeconds").asLong(30) < needs(pod, patience))
        .map(pod -> pod + " is killed before it has given its job back");
  }

  private static long needs(Pod pod, long patience) {
    boolean works = !pod.labels().path("app.kubernetes.io/name").asText().equals("gateway");
    return (works ? pod.containers().mapToLong(c -> patience(c, patience)).max().orElse(0) : 0)
        + pod.containers().mapToLong(StopPolicies::drains).sum()
        + EVENTS;
  }

  private static long patience(JsonNode container, long otherwise) {
    return seconds(container, "MEDTRANS_JOBS_STOP_PATIENCE").orElse(otherwise);
  }

  private static long drains(JsonNode container) {
    return seconds(container, "QUARKUS_SHUTDOWN_TIMEOUT").orElse(0)
        + container.at("/lifecycle/preStop/sleep/seconds").asLong();
  }

  private static OptionalLong seconds(JsonNode container, String variable) {
    return Pod.stream(container.path("env"))
        .filter(e -> e.path("name").asText().equals(variable))
        .mapToLong(e -> Duration.parse("PT" + e.path("value").asText()).toSeconds())
        .findFirst();
  }

  /** Who answers others first stops being asked, and then answers what is under way. */
  static Stream<String> drainedBeforeTheEnd(Manifests manifests) {
    return manifests
        .ofKind("Service")
        .flatMap(service -> Ports.behind(manifests, service))
        .filter(Pod::ours)
        .filter(pod -> pod.containers().anyMatch(StopPolicies::endsAtOnce))
        .map(pod -> pod + " breaks off requests when it is replaced");
  }

  private static boolean endsAtOnce(JsonNode container) {
    return container.at("/lifecycle/preStop/sleep/seconds").asLong() == 0
        || Pod.stream(container.path("env"))
            .noneMatch(e -> e.path("name").asText().equals("QUARKUS_SHUTDOWN_TIMEOUT"));
  }

  /**
   * A node can be drained: a budget lets one pod go, ready or not, and is for a Deployment alone;
   * that of a Job, which has no scale, would let none go.
   */
  static Stream<String> drainable(Manifests manifests) {
    Stream<String> stuck =
        manifests
            .ofKind("PodDisruptionBudget")
            .filter(
                b ->
                    b.at("/spec/maxUnavailable").asInt() < 1
                        || !b.at("/spec/unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow"))
            .map(b -> b + " keeps a node from being drained");
    Stream<String> misplaced =
        manifests
            .ofKind("PodDisruptionBudget")
            .filter(b -> !owners(manifests, b).equals(List.of("Deployment")))
            .map(b -> b + " is for " + owners(manifests, b));
    Stream<String> missing =
        manifests
            .ofKind("Deployment")
            .flatMap(Manifest::pods)
            .filter(
                pod ->
                    manifests
                        .ofKind("PodDisruptionBudget")
                        .noneMatch(b -> Manifests.matches(b.at("/spec/selector"), pod.labels())))
            .map(pod -> pod + " has no budget");
    return Stream.of(stuck, misplaced, missing).flatMap(s -> s);
  }

  private static List<String> owners(Manifests manifests, Manifest budget) {
    return manifests
        .selectedBy(budget.at("/spec/selector"))
        .map(pod -> pod.owner().kind())
        .sorted()
        .toList();
  }
}
