package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How trainers come and go. */
final class TrainerPolicies {
  /** What KEDA is asked to do, and why nothing else. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          // Those that train are left alone when the manifest changes.
          "/spec/rollout/strategy", "gradual",
          // The query leaves out what is being trained.
          "/spec/scalingStrategy/strategy", "accurate",
          // … which is only exact far from this.
          "/spec/maxReplicaCount", "1000",
          // Not one pod more between the start of a pod and its claim.
          "/spec/scalingStrategy/pendingPodConditions/0", "Ready",
          // The job table tries again.
          "/spec/jobTargetRef/backoffLimit", "0",
          "/spec/jobTargetRef/parallelism", "1",
          "/spec/jobTargetRef/template/spec/restartPolicy", "Never",
          "/spec/triggers/0/type", "postgresql",
          "/spec/triggers/0/metadata/targetQueryValue", "1");

  private TrainerPolicies() {}

  /** A pod that trains is never scaled away, and a waiting run gets one trainer. */
  static Stream<String> jobsOfTheJobTable(Manifests manifests) {
    Stream<String> scaledAway =
        Stream.of("ScaledObject", "HorizontalPodAutoscaler")
            .flatMap(manifests::ofKind)
            .map(m -> m + " would scale busy pods away");
    Stream<String> wrong =
        manifests
            .ofKind("ScaledJob")
            .flatMap(
                job ->
                    REQUIRED.entrySet().stream()
                        .filter(r -> !job.at(r.getKey()).asText().equals(r.getValue()))
                        .map(r -> job + r.getKey() + " must be " + r.getValue()));
    return Stream.of(scaledAway, wrong, roles(manifests)).flatMap(s -> s);
  }

  /** Jobs train one run and end; beside them somebody fills the job table, and does not train. */
  private static Stream<String> roles(Manifests manifests) {
    if (manifests.ofKind("ScaledJob").findAny().isEmpty()) {
      return Stream.empty();
    }
    Stream<String> endless =
        manifests
            .ofKind("ScaledJob")
            .flatMap(Manifest::pods)
            .filter(pod -> !variable(pod, "MEDTRANS_TRAINER_JOBS").equals(Optional.of("1")))
            .map(pod -> pod + " does not end after one run");
    Stream<String> alsoTrains =
        manifests
            .ofKind("Deployment")
            .filter(d -> d.name().equals("trainer-service"))
            .flatMap(Manifest::pods)
            .filter(pod -> !variable(pod, "MEDTRANS_JOBS_CONCURRENCY").equals(Optional.of("0")))
            .map(pod -> pod + " trains what Jobs are made for");
    Stream<String> nobody =
        manifests.find("Deployment", "trainer-service").isPresent()
            ? Stream.empty()
            : Stream.of("nobody takes commands into the job table");
    return Stream.of(endless, alsoTrains, nobody).flatMap(s -> s);
  }

  private static Optional<String> variable(Pod pod, String name) {
    return pod.containers()
        .flatMap(c -> Pod.stream(c.path("env")))
        .filter(e -> e.path("name").asText().equals(name))
        .map(e -> e.path("value").asText())
        .findFirst();
  }

  /** A queue admits at least one Job: its quota covers every resource that one asks for. */
  static Stream<String> quotasAdmitJobs(Manifests manifests) {
    return manifests
        .ofKind("ScaledJob")
        .filter(job -> job.labels().has("kueue.x-k8s.io/queue-name"))
        .flatMap(job -> quotas(manifests, job));
  }

  private static Stream<String> quotas(Manifests manifests, Manifest job) {
    Map<String, JsonNode> quota =
        manifests
            .find("LocalQueue", job.labels().path("kueue.x-k8s.io/queue-name").asText())
            .flatMap(q -> manifests.find("ClusterQueue", q.at("/spec/clusterQueue").asText()))
            .stream()
            .flatMap(q -> Pod.stream(q.at("/spec/resourceGroups")))
            .flatMap(group -> Pod.stream(group.at("/flavors/0/resources")))
            .collect(Collectors.toMap(r -> r.path("name").asText(), r -> r.path("nominalQuota")));
    return job.pods()
        .flatMap(Pod::containers)
        .flatMap(c -> asked(c).entrySet().stream())
        .filter(
            r ->
                !quota.containsKey(r.getKey())
                    || amount(quota.get(r.getKey())).compareTo(amount(r.getValue())) < 0)
        .map(r -> job + " is never admitted: " + r.getKey() + " " + r.getValue());
  }

  /** Where there is only a limit, it is the request too. */
  private static Map<String, JsonNode> asked(JsonNode container) {
    return List.of("limits", "requests").stream()
        .flatMap(kind -> container.path("resources").path(kind).properties().stream())
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (limit, request) -> request));
  }

  private static BigDecimal amount(JsonNode quantity) {
    String text = quantity.asText();
    if (text.endsWith("m")) {
      return new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(3);
    }
    for (int i = 1; i <= 3; i++) {
      String unit = List.of("Ki", "Mi", "Gi").get(i - 1);
      if (text.endsWith(unit)) {
        return new BigDecimal(text.replace(unit, "")).multiply(BigDecimal.valueOf(1L << (10 * i)));
      }
    }
    return new BigDecimal(text);
  }
}
