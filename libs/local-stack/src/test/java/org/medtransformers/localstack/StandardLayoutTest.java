package org.medtransformers.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StandardLayoutTest {
  private static final Path HOME = Path.of("home");

  private static StackLayout layout(OptionalInt gatewayPort) {
    return StandardLayout.of(HOME, Path.of("checkout"), gatewayPort, List.of("letters"));
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
}
