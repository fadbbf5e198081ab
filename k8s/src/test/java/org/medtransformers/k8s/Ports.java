package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every port that somebody goes to is one that somebody listens on. */
final class Ports {
  /** An address in a value: a host of one word, and a port. */
  static final Pattern ADDRESS = Pattern.compile("\\b([a-z][a-z0-9-]*):([0-9]{2,5})\\b");

  private Ports() {}

  static Stream<String> exist(Manifests manifests) {
    return Stream.of(
            manifests.pods().flatMap(Ports::probes),
            manifests.ofKind("Service").flatMap(s -> services(manifests, s)),
            manifests.ofKind("Ingress").flatMap(i -> ingresses(manifests, i)),
            manifests.ofKind("PodMonitor").flatMap(m -> monitors(manifests, m)),
            manifests.ofKind("NetworkPolicy").flatMap(p -> policies(manifests, p)),
            manifests.ofKind("ConfigMap").flatMap(c -> addresses(manifests, c)))
        .flatMap(s -> s);
  }

  /** The pods of this Service. */
  static Stream<Pod> behind(Manifests manifests, Manifest service) {
    JsonNode wanted = service.at("/spec/selector");
    return manifests
        .pods()
        .filter(
            pod ->
                !wanted.isEmpty()
                    && wanted.properties().stream()
                        .allMatch(l -> pod.labels().path(l.getKey()).equals(l.getValue())));
  }

  private static Stream<String> probes(Pod pod) {
    return pod.containers()
        .flatMap(c -> Stream.of("startupProbe", "readinessProbe", "livenessProbe").map(c::path))
        .flatMap(probe -> Stream.of(probe.at("/httpGet/port"), probe.at("/tcpSocket/port")))
        .filter(port -> !port.isMissingNode() && !pod.ports().contains(port.asText()))
        .map(port -> pod + " is probed at " + port);
  }

  private static Stream<String> services(Manifests manifests, Manifest service) {
    List<Pod> pods = behind(manifests, service).toList();
    if (pods.isEmpty()) {
      return Stream.of(service + " has no pods");
    }
    return Pod.stream(service.at("/spec/ports"))
        .map(port -> port.path("targetPort").asText())
        .flatMap(port -> missing(service, pods.stream(), port));
  }

  private static Stream<String> ingresses(Manifests manifests, Manifest ingress) {
    return Pod.stream(ingress.at("/spec/rules"))
        .flatMap(rule -> Pod.stream(rule.at("/http/paths")))
        .map(path -> path.at("/backend/service"))
        .filter(
            backend ->
                manifests
                    .find("Service", backend.path("name").asText())
                    .filter(s -> Pod.stream(s.at("/spec/ports")).anyMatch(p -> names(p, backend)))
                    .isEmpty())
        .map(backend -> ingress + " leads nowhere: " + backend);
  }

  private static boolean names(JsonNode port, JsonNode backend) {
    JsonNode wanted = backend.path("port");
    return wanted.has("name")
        ? port.path("name").equals(wanted.path("name"))
        : port.path("port").equals(wanted.path("number"));
  }

  private static Stream<String> monitors(Manifests manifests, Manifest monitor) {
    List<Pod> pods = manifests.selectedBy(monitor.at("/spec/selector")).toList();
    Stream<String> unseen =
        manifests
            .pods()
            .filter(Pod::ours)
            .filter(pod -> !pods.contains(pod))
            .map(pod -> monitor + " does not see " + pod);
    Stream<String> elsewhere =
        Pod.stream(monitor.at("/spec/podMetricsEndpoints"))
            .filter(e -> !e.path("path").asText().equals("/q/metrics"))
            .map(e -> monitor + " asks at " + e);
    return Stream.of(
            unseen,
            elsewhere,
            Pod.stream(monitor.at("/spec/podMetricsEndpoints"))
                .flatMap(e -> missing(monitor, pods.stream(), e.path("port").asText())))
        .flatMap(s -> s);
  }

  private static Stream<String> policies(Manifests manifests, Manifest policy) {
    Stream<String> in =
        Pod.stream(policy.at("/spec/ingress"))
            .flatMap(rule -> Pod.stream(rule.path("ports")))
            .flatMap(
                port ->
                    missing(
                        policy,
                        manifests.selectedBy(policy.at("/spec/podSelector")),
                        port.path("port").asText()));
    return Stream.concat(
        in, Pod.stream(policy.at("/spec/egress")).flatMap(rule -> egress(manifests, policy, rule)));
  }

  /** Of the ports of a rule each of the pods that it lets out to listens on at least one. */
  private static Stream<String> egress(Manifests manifests, Manifest policy, JsonNode rule) {
    List<String> ports = Pod.stream(rule.path("ports")).map(p -> p.path("port").asText()).toList();
    return Pod.stream(rule.path("to"))
        .filter(peer -> peer.has("podSelector"))
        .flatMap(peer -> manifests.selectedBy(peer.path("podSelector")))
        .filter(pod -> !ports.isEmpty() && ports.stream().noneMatch(pod.ports()::contains))
        .map(pod -> policy + " lets out to " + pod + " at " + ports);
  }

  private static Stream<String> missing(Manifest who, Stream<Pod> pods, String port) {
    return pods.filter(pod -> !pod.ports().contains(port))
        .map(pod -> who + " goes to port " + port + " of " + pod);
  }

  /** What services are told: the name of a Service, ours or an operator's, and its port. */
  private static Stream<String> addresses(Manifests manifests, Manifest settings) {
    return settings.name().startsWith("medtrans-")
        ? settings.at("/data").properties().stream()
            .flatMap(value -> ADDRESS.matcher(value.getValue().asText()).results())
            .filter(address -> !isServed(manifests, address.group(1), address.group(2)))
            .map(address -> settings + " names what is not there: " + address.group())
        : Stream.empty();
  }

  /** Whether a Service, ours or an operator's, has that name and port. */
  static boolean isServed(Manifests manifests, String host, String port) {
    boolean own =
        manifests.find("Service", host).stream()
            .flatMap(s -> Pod.stream(s.at("/spec/ports")))
            .anyMatch(p -> p.path("port").asText().equals(port));
    return own || Operators.serves(manifests, host, port);
  }
}
