package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Who may be where the GPUs are. */
final class GpuPolicies {
  private static final String IMAGE = "-cu128";

  private GpuPolicies() {}

  /** The taint keeps others off the pool; what asks for a GPU gets past it, to a node with one. */
  static Stream<String> onlyGpuWorkloadsTolerateThePool(Manifests manifests) {
    return manifests
        .pods()
        .filter(pod -> usesGpu(pod) != toleratesPool(pod) || usesGpu(pod) != wantsPool(pod))
        .map(
            pod ->
                "%s uses a GPU: %s, tolerates the pool's taint: %s, wants its nodes: %s"
                    .formatted(pod, usesGpu(pod), toleratesPool(pod), wantsPool(pod)));
  }

  /** A GPU with an image that cannot use it is wasted, and the other way round. */
  static Stream<String> gpusAndImagesGoTogether(Manifests manifests) {
    return manifests
        .pods()
        .filter(Pod::ours)
        .filter(
            pod ->
                usesGpu(pod)
                    != pod.containers().anyMatch(c -> c.path("image").asText().endsWith(IMAGE)))
        .map(pod -> pod + " has a GPU without CUDA's image, or the image without a GPU");
  }

  /** The device plugin and DRA each believe that a node's GPUs are theirs. */
  static Stream<String> oneWayToAskForGpus(Manifests manifests) {
    Stream<String> both =
        manifests
            .pods()
            .filter(pod -> pod.asksThePluginForAGpu() && pod.claimsDevices())
            .map(pod -> pod + " asks for a GPU twice");
    return Stream.concat(
        both, manifests.pods().filter(Pod::claimsDevices).flatMap(GpuPolicies::claims));
  }

  private static Stream<String> claims(Pod pod) {
    return Pod.stream(pod.spec().path("resourceClaims"))
        .filter(claim -> pod.containers().noneMatch(c -> uses(c, claim.path("name").asText())))
        .map(claim -> pod + " claims what no container uses: " + claim);
  }

  private static boolean uses(JsonNode container, String claim) {
    return Pod.stream(container.at("/resources/claims"))
        .anyMatch(c -> c.path("name").asText().equals(claim));
  }

  private static boolean usesGpu(Pod pod) {
    return pod.asksThePluginForAGpu() || pod.claimsDevices();
  }

  private static boolean toleratesPool(Pod pod) {
    return Pod.stream(pod.spec().path("tolerations"))
        .anyMatch(t -> t.path("key").asText().equals(Pod.GPU) || !t.has("key"));
  }

  private static boolean wantsPool(Pod pod) {
    return pod.spec().at("/nodeSelector").has("nvidia.com/gpu.present");
  }
}
