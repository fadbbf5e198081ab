package org.medtransformers.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StandardLayoutTest {
  private static final Path HOME = Path.of("home");

  private static StackLayout layout(OptionalInt gatewayPort) {
    return StandardLayout.of(HOME, Path.of("checkout"), gatewayPort, 1, List.of("letters"));
  }

  @Test
  void replicasShareJarAndDatabaseAndAreKnownToAll() {
    StackLayout layout =
        StandardLayout.of(HOME, Path.of("checkout"), OptionalInt.empty(), 2, List.of("letters"));
    ServiceSpec first = service(layout, "data-service");
    ServiceSpec second = service(layout, "data-service-2");
    assertEquals(first.program(), second.program());
    assertEquals(first.database(), second.database());
    assertNotEquals(first.port(), second.port());
    assertEquals(
        first.url() + "," + second.url(),
        service(layout, "trainer-service").environment().get("MEDTRANS_DATA_SERVICE_URL"));
    assertEquals(5, layout.services().size());
  }

  private static ServiceSpec service(StackLayout layout, String name) {
    return layout.services().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void onlyTheGatewayIsToldWhereTheTokenIs() {
    StackLayout layout = layout(OptionalInt.empty());
    for (ServiceSpec service : layout.services()) {
      assertEquals(
          service.name().equals("gateway"),
          service.environment().containsKey("MEDTRANS_ACCESS_TOKEN_FILE"),
          service.name());
      assertFalse(service.environment().containsKey("MEDTRANS_ACCESS_OPEN"), service.name());
    }
    assertEquals(
        "true", service(layout.open(), "gateway").environment().get("MEDTRANS_ACCESS_OPEN"));
  }

  @Test
  void aNativeImageThatIsNamedTakesThePlaceOfTheJar() {
    System.setProperty("medtrans.binary.eval-service", "/images/eval");
    try {
      StackLayout layout = layout(OptionalInt.empty());
      assertEquals(Path.of("/images/eval"), service(layout, "eval-service").program());
      assertEquals(
          Path.of("checkout/gateway/target/quarkus-app/quarkus-run.jar"),
          service(layout, "gateway").program());
    } finally {
      System.clearProperty("medtrans.binary.eval-service");
    }
  }

  @Test
  void aServiceHasTheHeapThatTheEnvironmentGivesIt() {
    StackLayout layout = withHeap("2g");
    assertEquals(
        List.of("-Xmx2g", "-XX:+UseSerialGC"), service(layout, "data-service").jvmArguments());
    assertEquals("-Xmx512m", service(layout, "eval-service").jvmArguments().get(0));
    StackException e = assertThrows(StackException.class, () -> withHeap("a lot"));
    assertEquals(
        "MEDTRANS_DATA_SERVICE_HEAP is a lot; it must be a number of MiB or GiB, such as 768m or 2g",
        e.getMessage());
  }

  private static StackLayout withHeap(String size) {
    return StandardLayout.of(
        HOME,
        Path.of("checkout"),
        OptionalInt.empty(),
        1,
        List.of("letters"),
        Map.of("MEDTRANS_DATA_SERVICE_HEAP", size));
  }

  @Test
  void noPartTakesThePortThatTheGatewayWasGiven() {
    int broker = layout(OptionalInt.empty()).brokerPort();
    StackLayout layout = layout(OptionalInt.of(broker));
    List<Integer> ports =
        Stream.concat(
                Stream.of(layout.brokerPort(), layout.controllerPort(), layout.databasePort()),
                layout.services().stream().map(ServiceSpec::port))
            .toList();
    assertEquals(7, ports.stream().distinct().count(), ports::toString);
    assertEquals(broker, layout.services().get(3).port());
  }

  @Test
  void homesDoNotShareAPortAlsoWhereNoneIsTakenYet() {
    List<Integer> ports =
        Stream.of("one", "two")
            .map(
                home ->
                    StandardLayout.of(
                        Path.of(home), Path.of("."), OptionalInt.empty(), 2, List.of()))
            .flatMap(StandardLayoutTest::portsButTheGateways)
            .toList();
    assertEquals(ports.size(), Set.copyOf(ports).size(), ports::toString);
  }

  @Test
  void aHomeHasTheSamePortsAgain() {
    assertEquals(
        portsButTheGateways(layout(OptionalInt.empty())).toList(),
        portsButTheGateways(layout(OptionalInt.empty())).toList());
  }

  private static Stream<Integer> portsButTheGateways(StackLayout layout) {
    return Stream.concat(
        Stream.of(layout.brokerPort(), layout.controllerPort(), layout.databasePort()),
        layout.services().stream().filter(s -> !s.name().equals("gateway")).map(ServiceSpec::port));
  }
}
