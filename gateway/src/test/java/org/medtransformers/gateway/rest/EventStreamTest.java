package org.medtransformers.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.gateway.fakes.ServerSentEvents;
import org.medtransformers.gateway.fakes.ServerSentEvents.Message;

/** The history of an experiment as a stream. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class EventStreamTest {
  @Test
  void theStreamTellsTheWholeStoryAndEnds() throws IOException, InterruptedException {
    String id = Gateway.post(Documents.single("demo"));
    List<Message> messages = readAll(id, null);
    assertEquals(
        List.of(
            "experiment.accepted.v1",
            "run.state-changed.v1",
            "run.state-changed.v1",
            "dataset.prepare.progress.v1",
            "dataset.prepared.v1",
            "run.state-changed.v1",
            "training.started.v1",
            "training.noticed.v1",
            "training.progress.v1",
            "training.checkpointed.v1",
            "training.validated.v1",
            "training.progress.v1",
            "training.validated.v1",
            "training.completed.v1",
            "run.state-changed.v1",
            "evaluation.completed.v1",
            "run.state-changed.v1",
            "experiment.ended.v1"),
        messages.stream().map(Message::name).toList());
    assertEquals(
        messages.stream().map(m -> Long.valueOf(m.id())).sorted().toList(),
        messages.stream().map(m -> Long.valueOf(m.id())).toList());
    ExperimentEvent.Ended ended =
        Json.read(messages.get(messages.size() - 1).data(), ExperimentEvent.Ended.class);
    assertEquals(ExperimentState.SUCCEEDED, ended.state());
    assertEquals(0.5, ended.table().rows().get(0).cells().get(0).median());
  }

  @Test
  void aClientGoesOnWhereItWasCutOff() throws IOException, InterruptedException {
    String id = Gateway.post(Documents.comparison("demo"));
    List<Message> all = readAll(id, null);
    Message seen = all.get(all.size() / 2);
    assertEquals(all.subList(all.size() / 2 + 1, all.size()), readAll(id, seen.id()));
  }

  @Test
  void nothingIsLeftAfterTheLastEvent() throws IOException, InterruptedException {
    String id = Gateway.post(Documents.single("demo"));
    List<Message> all = readAll(id, null);
    assertEquals(List.of(), readAll(id, all.get(all.size() - 1).id()));
  }

  @Test
  void progressComesWhileItIsMadeAndSilenceIsAlive() throws IOException, InterruptedException {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    try (ServerSentEvents events = open(id, null)) {
      Message message = events.next();
      while (!"training.progress.v1".equals(message.name())) {
        message = events.next();
      }
      assertEquals(5, Json.read(message.data(), TrainingEvent.Progress.class).iteration());
      assertEquals(RunState.TRAINING, Gateway.get(id).runs().get(0).state());
      message = events.next();
      while (message.id() != null) {
        message = events.next();
      }
      assertTrue(message.data().contains("still here"), message::toString);
    }
  }

  private List<Message> readAll(String id, String lastEventId)
      throws IOException, InterruptedException {
    List<Message> messages = new ArrayList<>();
    try (ServerSentEvents events = open(id, lastEventId)) {
      for (Message m = events.next(); m != null; m = events.next()) {
        if (m.id() != null) {
          messages.add(m);
        }
      }
    }
    return messages;
  }

  private static ServerSentEvents open(String id, String lastEventId)
      throws IOException, InterruptedException {
    return ServerSentEvents.open(Gateway.EXPERIMENTS + "/" + id + "/events", lastEventId);
  }
}
