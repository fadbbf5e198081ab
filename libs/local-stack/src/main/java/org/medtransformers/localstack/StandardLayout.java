package org.medtransformers.localstack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The four services of a checkout, with the JVM flags that keep the idle stack small. The C1
 * compiler alone halves the start of gateway and eval-service; the data path and the trainer need
 * C2.
 */
public final class StandardLayout {
  private record Service(
      String name, String database, int preferredPort, List<String> jvmArguments) {}

  private static final int BROKER_PORT = 19092;
  private static final int CONTROLLER_PORT = 19192;
  private static final int DATABASE_PORT = 15432;
  private static final int PARTITIONS = 4;
  private static final int GATEWAY_PORT = 8080;
  private static final String GATEWAY = "gateway";
  private static final List<Service> SERVICES =
      List.of(
          new Service("data-service", "data", 8081, List.of("-Xmx768m", "-XX:+UseSerialGC")),
          new Service(
              "eval-service",
              "eval",
              8083,
              List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")),
          new Service("trainer-service", "trainer", 8082, List.of("-Xmx768m", "-XX:+UseSerialGC")),
          new Service(
              GATEWAY,
              GATEWAY,
              GATEWAY_PORT,
              List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")));

  /**
   * glibc returns a large block to the system as soon as it is free, and every step of a training
   * faults thousands of pages in anew. Those up to 32 MiB are kept instead, in one arena, as others
   * hold no large blocks.
   */
  private static final String KEEP_LARGE_BLOCKS =
      "glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=34359738368";

  private static final Set<String> LIBTORCH = Set.of("trainer-service", "eval-service");

  private StandardLayout() {}

  /**
   * The stack of the checkout {@code root}.
   *
   * @param home {@code MEDTRANS_HOME}
   * @param gatewayPort the gateway's; without it the first free one from 8080 on
   * @param topics to create
   * @throws StackException if {@code gatewayPort} is taken
   */
  public static StackLayout of(Path home, Path root, OptionalInt gatewayPort, List<String> topics) {
    Set<Integer> chosen = new HashSet<>();
    Map<String, Integer> ports = ports(gatewayPort, chosen);
    List<ServiceSpec> services = SERVICES.stream().map(s -> spec(s, home, root, ports)).toList();
    return new StackLayout(
        home,
        choose(BROKER_PORT, chosen),
        choose(CONTROLLER_PORT, chosen),
        choose(DATABASE_PORT, chosen),
        topics,
        PARTITIONS,
        services,
        null);
  }

  private static Map<String, Integer> ports(OptionalInt gatewayPort, Set<Integer> chosen) {
    Map<String, Integer> ports = new HashMap<>();
    gatewayPort.ifPresent(
        port -> {
          requireFree(port);
          chosen.add(port);
          ports.put(GATEWAY, port);
        });
    for (Service service : SERVICES) {
      ports.computeIfAbsent(service.name(), name -> choose(service.preferredPort(), chosen));
    }
    return ports;
  }

  /** The first port from {@code preferred} on that is free and that no other part will take. */
  private static int choose(int preferred, Set<Integer> chosen) {
    int port = FreePorts.from(preferred);
    while (!chosen.add(port)) {
      port = FreePorts.from(port + 1);
    }
    return port;
  }

  private static ServiceSpec spec(
      Service service, Path home, Path root, Map<String, Integer> ports) {
    Map<String, String> environment = new HashMap<>();
    ports.forEach((name, port) -> environment.put(urlVariable(name), "http://127.0.0.1:" + port));
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("DJL_CACHE_DIR", home.resolve("djl").toString());
    if (LIBTORCH.contains(service.name())) {
      environment.put("GLIBC_TUNABLES", KEEP_LARGE_BLOCKS);
    }
    return new ServiceSpec(
        service.name(),
        ports.get(service.name()),
        service.database(),
        root.resolve(service.name()).resolve("target/quarkus-app/quarkus-run.jar"),
        service.jvmArguments(),
        environment);
  }

  /** E.g. {@code MEDTRANS_DATA_SERVICE_URL}, which sets {@code medtrans.data-service.url}. */
  private static String urlVariable(String service) {
    return "MEDTRANS_" + service.toUpperCase(Locale.ROOT).replace('-', '_') + "_URL";
  }

  private static void requireFree(int port) {
    if (!FreePorts.isFree(port)) {
      throw new StackException("port " + port + " is taken by another program; choose another");
    }
  }
}
