package org.medtransformers.service.event;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.database.Database;

@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class EventGaugesTest {
  private static final String INSERT =
      "INSERT INTO outbox (event_id, source, type, topic, event_key, data, created_at)"
          + " VALUES ('aged', 'test', 'test', 'test', 'test', '{}', now() - interval '90 seconds')";

  @Inject EventGauges gauges;
  @Inject Database database;
  @Inject MeterRegistry registry;

  /** Within a transaction that rolls back, so that the relay never sees it. */
  @Test
  void theAgeIsThatOfTheOldestEventThatIsNotSent() {
    assertThrows(
        IllegalStateException.class,
        () ->
            database.inTransaction(
                () -> {
                  database.update(INSERT);
                  gauges.measure();
                  assertTrue(value("medtrans.outbox.oldest.age") >= 90);
                  assertTrue(value("medtrans.outbox.oldest.age") < 120);
                  assertTrue(value("medtrans.outbox.depth") >= 1);
                  throw new IllegalStateException("as if it had never been");
                }));
    gauges.measure();
    assertTrue(value("medtrans.outbox.oldest.age") < 90);
  }

  private double value(String name) {
    return registry.get(name).gauge().value();
  }
}
