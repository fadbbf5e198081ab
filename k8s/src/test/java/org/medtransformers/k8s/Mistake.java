package org.medtransformers.k8s;

import java.util.List;

/**
 * One wrong place in an overlay, and the policy that must see it.
 *
 * @param pointer to what contains the field
 * @param field name, or index in a list
 * @param value YAML; {@code null} removes the field
 */
record Mistake(
    Policy policy,
    Overlay overlay,
    String kind,
    String name,
    String pointer,
    String field,
    String value) {
  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";
  private static final String JOBS_POD = "/spec/jobTargetRef/template/spec";

  static final List<Mistake> ALL =
      List.of(
          small(Policy.RESTRICTED, "gateway", POD + "/securityContext", "runAsNonRoot", "false"),
          small(Policy.RESTRICTED, "gateway", POD + "/securityContext", "seccompProfile", null),
          small(Policy.RESTRICTED, "gateway", CONTAINER, "securityContext", "{}"),
          small(Policy.RESTRICTED, "gateway", POD + "/volumes", "1", "{hostPath: {path: /tmp}}"),
          small(Policy.RESTRICTED, "gateway", POD, "hostNetwork", "true"),
          small(Policy.PROBED, "gateway", CONTAINER, "livenessProbe", null),
          small(
              Policy.PROBED, "gateway", CONTAINER + "/readinessProbe/httpGet", "path", "/q/health"),
          small(Policy.KEYS_ARE_THERE, "eval-service", CONTAINER + "/env/2", "name", "KEY"),
          small(Policy.KEYS_ARE_THERE, "data-service", CONTAINER + "/env/2", "valueFrom", null),
          small(Policy.BOUNDED, "gateway", CONTAINER + "/resources", "limits", null),
          small(Policy.WITHOUT_TOKEN, "gateway", POD, "automountServiceAccountToken", null),
          small(Policy.WITHOUT_SERVICE_LINKS, "gateway", POD, "enableServiceLinks", null),
          small(Policy.LABELLED, "gateway", "/spec/template/metadata", "labels", "{}"),
          small(
              Policy.ONLY_GPU_WORKLOADS_TOLERATE_THE_POOL,
              "data-service",
              POD,
              "tolerations",
              "[{key: nvidia.com/gpu, operator: Exists}]"),
          job(Policy.ONLY_GPU_WORKLOADS_TOLERATE_THE_POOL, JOBS_POD, "tolerations", null),
          job(
              Policy.GPUS_AND_IMAGES_GO_TOGETHER,
              JOBS_POD + "/containers/0",
              "image",
              "medtransformers/trainer-service:0.1.0"),
          job(
              Policy.ONE_WAY_TO_ASK_FOR_GPUS,
              JOBS_POD,
              "resourceClaims",
              "[{name: gpu, resourceClaimTemplateName: trainer-gpu}]"),
          job(Policy.ENOUGH_GRACE, JOBS_POD, "terminationGracePeriodSeconds", "20"),
          small(Policy.ENOUGH_GRACE, "data-service", POD, "terminationGracePeriodSeconds", "45"),
          of(Policy.ENOUGH_GRACE, Overlay.EVERYTHING_ELSE, "ScaledJob", "trainer")
              .set(JOBS_POD, "terminationGracePeriodSeconds", "27"),
          small(Policy.DRAINED_BEFORE_THE_END, "gateway", CONTAINER, "lifecycle", null),
          of(Policy.DRAINABLE, Overlay.SMALL, "PodDisruptionBudget", "gateway")
              .set("/spec", "maxUnavailable", "0"),
          of(Policy.DRAINABLE, Overlay.GPU, "PodDisruptionBudget", "trainer-service")
              .set("/spec/selector", "matchLabels", "{app.kubernetes.io/name: trainer-service}"),
          job(Policy.JOBS_OF_THE_JOB_TABLE, "", "kind", "ScaledObject"),
          job(Policy.JOBS_OF_THE_JOB_TABLE, "/spec", "rollout", null),
          job(Policy.JOBS_OF_THE_JOB_TABLE, "/spec", "maxReplicaCount", "4"),
          job(Policy.JOBS_OF_THE_JOB_TABLE, "/spec/scalingStrategy", "strategy", "eager"),
          job(Policy.JOBS_OF_THE_JOB_TABLE, "/spec/triggers/0", "type", "kafka"),
          job(Policy.JOBS_OF_THE_JOB_TABLE, JOBS_POD + "/containers/0", "env", "[]"),
          of(Policy.JOBS_OF_THE_JOB_TABLE, Overlay.GPU, "Deployment", "trainer-service")
              .set(CONTAINER, "env", "[]"),
          of(Policy.JOBS_OF_THE_JOB_TABLE, Overlay.GPU, "Deployment", "trainer-service")
              .set("/metadata", "name", "trainers"),
          of(Policy.QUOTAS_ADMIT_JOBS, Overlay.GPU, "ClusterQueue", "medtrans")
              .set("/spec/resourceGroups/0/flavors/0/resources/1", "nominalQuota", "3Gi"),
          of(Policy.QUOTAS_ADMIT_JOBS, Overlay.GPU, "LocalQueue", "training")
              .set("/metadata", "name", "trainings"),
          of(Policy.PORTS_EXIST, Overlay.PRODUCTION, "Deployment", "gateway")
              .set(CONTAINER + "/ports/0", "containerPort", "8090"),
          small(Policy.PORTS_EXIST, "gateway", CONTAINER + "/ports/0", "name", "web"),
          of(Policy.PORTS_EXIST, Overlay.SMALL, "Service", "gateway")
              .set("/spec/selector", "app.kubernetes.io/name", "gateways"),
          of(Policy.PORTS_EXIST, Overlay.SMALL, "Service", "data-service")
              .set("/spec/ports/0", "port", "8080"),
          of(Policy.PORTS_EXIST, Overlay.PRODUCTION, "Ingress", "gateway")
              .set("/spec/rules/0/http/paths/0/backend/service", "name", "gateways"),
          of(Policy.PORTS_EXIST, Overlay.PRODUCTION, "NetworkPolicy", "batches-out")
              .set("/spec/egress/0/ports/0", "port", "8080"),
          of(Policy.PORTS_EXIST, Overlay.PRODUCTION, "PodMonitor", "medtrans")
              .set("/spec/podMetricsEndpoints/0", "port", "metrics"),
          of(Policy.PORTS_EXIST, Overlay.PRODUCTION, "PodMonitor", "medtrans")
              .set("/spec/selector/matchExpressions/0", "values", "[gateway]"),
          of(Policy.PORTS_EXIST, Overlay.PRODUCTION, "Kafka", "medtrans")
              .set("/spec/kafka/listeners/0", "port", "9094"),
          small(
              Policy.REFERENCES_EXIST,
              "gateway",
              CONTAINER + "/env/0/valueFrom/secretKeyRef",
              "key",
              "user"),
          small(Policy.REFERENCES_EXIST, "gateway", POD, "serviceAccountName", "gateways"),
          small(
              Policy.REFERENCES_EXIST,
              "gateway",
              POD + "/volumes/0/persistentVolumeClaim",
              "claimName",
              "home"),
          small(Policy.REFERENCES_EXIST, "gateway", CONTAINER + "/volumeMounts/0", "name", "hom"),
          of(Policy.REFERENCES_EXIST, Overlay.GPU, "TriggerAuthentication", "trainer")
              .set("/spec/secretTargetRef/0", "name", "trainer-db"),
          of(Policy.REFERENCES_EXIST, Overlay.PRODUCTION, "KafkaUser", "gateway")
              .set("/metadata", "name", "gateways"),
          small(
              Policy.ENVIRONMENT_IS_KNOWN, "gateway", CONTAINER + "/env/0", "name", "GATEWAY_USER"),
          small(
              Policy.ENVIRONMENT_IS_KNOWN,
              "gateway",
              CONTAINER + "/env/0",
              "name",
              "MEDTRANS_JOB_LEASE"),
          of(Policy.TOPICS_ARE_OURS, Overlay.PRODUCTION, "KafkaTopic", "dataset.commands")
              .set("/metadata", "name", "dataset.command"),
          of(Policy.USERS_READ_WHAT_THEY_RECEIVE, Overlay.PRODUCTION, "KafkaUser", "gateway")
              .set("/spec/authorization/acls/0/resource", "name", "gateways"),
          of(Policy.USERS_READ_WHAT_THEY_RECEIVE, Overlay.PRODUCTION, "KafkaUser", "data-service")
              .set("/spec/authorization/acls/1", "operations", "[Read, Write]"));

  /** Half a mistake: where it is made. */
  private record Place(Policy policy, Overlay overlay, String kind, String name) {
    Mistake set(String pointer, String field, String value) {
      return new Mistake(policy, overlay, kind, name, pointer, field, value);
    }
  }

  private static Place of(Policy policy, Overlay overlay, String kind, String name) {
    return new Place(policy, overlay, kind, name);
  }

  private static Mistake small(
      Policy policy, String deployment, String pointer, String field, String value) {
    return of(policy, Overlay.SMALL, "Deployment", deployment).set(pointer, field, value);
  }

  private static Mistake job(Policy policy, String pointer, String field, String value) {
    return of(policy, Overlay.GPU, "ScaledJob", "trainer").set(pointer, field, value);
  }

  /** The overlay with this mistake in it. */
  Manifests made() {
    Manifests manifests = overlay.manifests();
    Broken.set(manifests.find(kind, name).orElseThrow().at(pointer), field, value);
    return manifests;
  }

  @Override
  public String toString() {
    return "%s: %s/%s%s/%s = %s".formatted(policy, kind, name, pointer, field, value);
  }
}
