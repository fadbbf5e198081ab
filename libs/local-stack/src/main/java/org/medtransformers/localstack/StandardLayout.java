package org.medtransformers.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The services of a checkout, with the JVM flags that keep the idle stack small; the environment
 * may give one more heap, as by {@code MEDTRANS_DATA_SERVICE_HEAP=2g}. The C1 compiler alone halves
 * the start of gateway and eval-service; the data path and the trainer need C2. The system property
 * {@code medtrans.binary.SERVICE} names a native image that is started instead of the service's
 * jar.
 */
public final class StandardLayout {
  private record Service(String name, String database, List<String> jvmArguments) {}

  /** One process of a service. */
  private record Instance(Service service, String name, int port) {}

  private static final String MOST_HEAP = "-Xmx";
  private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[mMgG]");

  private static final String BINARY = "medtrans.binary.";
  private static final int PARTITIONS = 4;

  /** More than a collection of garbage takes, or a machine that is busy with other things. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int GATEWAY_PORT = 8080;
  private static final String GATEWAY = "gateway";
  private static final String DATA_SERVICE = "data-service";

  /** Pictures are drawn, but never on a screen. */
  private static final String HEADLESS = "-Djava.awt.headless=true";

  private static final List<Service> SERVICES =
      List.of(
          new Service(DATA_SERVICE, "data", List.of("-Xmx768m", "-XX:+UseSerialGC")),
          new Service("eval-service", "eval", List.of("-Xmx512m", "-XX:+UseSerialGC", HEADLESS)),
          new Service(
              "trainer-service", "trainer", List.of("-Xmx768m", "-XX:+UseSerialGC", HEADLESS)),
          new Service(
              GATEWAY,
              GATEWAY,
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
   * The stack of the checkout {@code root}. Each home looks for ports in a place of its own, so
   * that two stacks do not take the same while they start, nor one the other's while that is
   * started again.
   *
   * @param home {@code MEDTRANS_HOME}
   * @param gatewayPort the gateway's; without it the first free one from 8080 on
   * @param dataServices replicas of the data-service, at least one
   * @param topics to create
   * @throws StackException if {@code gatewayPort} is taken, or the environment has a size of a heap
   *     that is none
   */
  public static StackLayout of(
      Path home, Path root, OptionalInt gatewayPort, int dataServices, List<String> topics) {
    return of(home, root, gatewayPort, dataServices, topics, System.getenv());
  }

  static StackLayout of(
      Path home,
      Path root,
      OptionalInt gatewayPort,
      int dataServices,
      List<String> topics,
      Map<String, String> environment) {
    Ports ports = new Ports(home);
    List<Instance> instances = instances(gatewayPort, dataServices, ports);
    Map<String, String> urls = urls(instances);
    return new StackLayout(
        home,
        ports.next(),
        ports.next(),
        ports.next(),
        topics,
        PARTITIONS,
        instances.stream()
            .map(i -> spec(i, home, root, urls, jvmArguments(i.service(), environment)))
            .toList(),
        PATIENCE,
        null);
  }

  /** In the order of {@link #SERVICES}. */
  private static List<Instance> instances(OptionalInt gatewayPort, int dataServices, Ports ports) {
    gatewayPort.ifPresent(StandardLayout::requireFree);
    int gateway = gatewayPort.orElseGet(() -> FreePorts.from(GATEWAY_PORT));
    ports.leave(gateway);
    List<Instance> instances = new ArrayList<>();
    for (Service service : SERVICES) {
      int port = service.name().equals(GATEWAY) ? gateway : ports.next();
      instances.add(new Instance(service, service.name(), port));
      for (int i = 2; service.name().equals(DATA_SERVICE) && i <= dataServices; i++) {
        instances.add(new Instance(service, service.name() + "-" + i, ports.next()));
      }
    }
    return instances;
  }

  /** The ports of a home, one after the other. */
  private static final class Ports {
    private final Set<Integer> taken = new HashSet<>();
    private int last;

    Ports(Path home) {
      last = FreePorts.placeOf(home.toAbsolutePath().normalize().toString()) - 1;
    }

    void leave(int port) {
      taken.add(port);
    }

    int next() {
      do {
        last = FreePorts.from(last + 1);
      } while (!taken.add(last));
      return last;
    }
  }

  private static ServiceSpec spec(
      Instance instance,
      Path home,
      Path root,
      Map<String, String> urls,
      List<String> jvmArguments) {
    Service service = instance.service();
    Map<String, String> environment = new HashMap<>(urls);
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("DJL_CACHE_DIR", home.resolve("djl").toString());
    if (LIBTORCH.contains(service.name())) {
      environment.put("GLIBC_TUNABLES", KEEP_LARGE_BLOCKS);
    }
    if (service.name().equals(GATEWAY)) {
      environment.put("MEDTRANS_ACCESS_TOKEN_FILE", StackFiles.of(home).token().toString());
    }
    return new ServiceSpec(
        instance.name(),
        service.name(),
        instance.port(),
        service.database(),
        program(root, service.name()),
        jvmArguments,
        environment);
  }

  private static List<String> jvmArguments(Service service, Map<String, String> environment) {
    String name = variable(service, "HEAP");
    String heap = environment.get(name);
    if (heap == null) {
      return service.jvmArguments();
    }
    if (!HEAP.matcher(heap).matches()) {
      throw new StackException(
          "%s is %s; it must be a number of MiB or GiB, such as 768m or 2g".formatted(name, heap));
    }
    return service.jvmArguments().stream()
        .map(argument -> argument.startsWith(MOST_HEAP) ? MOST_HEAP + heap : argument)
        .toList();
  }

  private static String variable(Service service, String what) {
    return "MEDTRANS_%s_%s"
        .formatted(service.name().toUpperCase(Locale.ROOT).replace('-', '_'), what);
  }

  private static Path program(Path root, String service) {
    String binary = System.getProperty(BINARY + service);
    return binary == null
        ? root.resolve(service).resolve("target/quarkus-app/quarkus-run.jar")
        : Path.of(binary).toAbsolutePath();
  }

  /**
   * E.g. {@code MEDTRANS_DATA_SERVICE_URL}, which sets {@code medtrans.data-service.url}; the
   * addresses of replicas are separated by commas.
   */
  private static Map<String, String> urls(List<Instance> instances) {
    return instances.stream()
        .collect(
            Collectors.toMap(
                i -> variable(i.service(), "URL"),
                i -> "http://127.0.0.1:" + i.port(),
                (some, more) -> some + "," + more));
  }

  private static void requireFree(int port) {
    if (!FreePorts.isFree(port)) {
      throw new StackException("port " + port + " is taken by another program; choose another");
    }
  }
}
