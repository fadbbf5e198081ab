package org.medtransformers.gateway.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.database.Database;

/** How often somebody has looked at the same test images. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class TestLooksTest {
  @Inject Trail trail;
  @Inject Database database;

  @Test
  void fromTheTenthExperimentOnItIsTold() {
    String id = Gateway.post(Documents.single("demo"));
    Gateway.ended(id);
    RunEntity run = database.inTransaction(() -> RunEntity.of(UUID.fromString(id)).get(0));
    TestLooks looks = new TestLooks(trail, 10);
    String person = "who looks often " + UUID.randomUUID();
    for (int i = 1; i < 10; i++) {
      ExperimentEntity experiment = experiment(person);
      assertEquals(Optional.empty(), looks.measured(experiment, run));
      assertEquals(Optional.empty(), looks.measured(experiment, run));
    }
    String told = looks.measured(experiment(person), run).orElseThrow();
    assertTrue(told.contains("models of 10 experiments of " + person), told);
    assertEquals(Optional.empty(), looks.measured(experiment(person + "'s friend"), run));
  }

  private static ExperimentEntity experiment(String person) {
    ExperimentEntity experiment = new ExperimentEntity();
    experiment.id = UUID.randomUUID();
    experiment.owner = person;
    experiment.team = "home";
    return experiment;
  }
}
