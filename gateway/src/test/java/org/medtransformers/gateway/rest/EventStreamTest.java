package org.medtransformers.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

/** Server-sent events as a browser reads them, parsed by hand. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class EventStreamTest {
  private final HttpClient client = HttpClient.newHttpClient();

  /** One message of the stream; a comment has no id. */
  private record Message(String id, String name, String data) {}

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
    try (BufferedReader lines = open(id, null)) {
      Message message = next(lines);
      while (!"training.progress.v1".equals(message.name())) {
        message = next(lines);
      }
      assertEquals(5, Json.read(message.data(), TrainingEvent.Progress.class).iteration());
      assertEquals(RunState.TRAINING, Gateway.get(id).runs().get(0).state());
      message = next(lines);
      while (message.id() != null) {
        message = next(lines);
      }
      assertTrue(message.data().contains("still here"), message::toString);
    }
  }

  private List<Message> readAll(String id, String lastEventId)
      throws IOException, InterruptedException {
    List<Message> messages = new ArrayList<>();
    try (BufferedReader lines = open(id, lastEventId)) {
      for (Message m = next(lines); m != null; m = next(lines)) {
        if (m.id() != null) {
          messages.add(m);
        }
      }
    }
    return messages;
  }

  private BufferedReader open(String id, String lastEventId)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://localhost:" + RestAssured.port + Gateway.EXPERIMENTS + "/" + id + "/events");
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** The next message; null at the end of the stream. */
  private static Message next(BufferedReader lines) throws IOException {
    List<String> block = new ArrayList<>();
    String line = lines.readLine();
    while (line != null && (!line.isEmpty() || block.isEmpty())) {
      if (!line.isEmpty()) {
        block.add(line);
      }
      line = lines.readLine();
    }
    if (block.isEmpty()) {
      return null;
    }
    return new Message(field(block, "id:"), field(block, "event:"), content(block));
  }

  private static String field(List<String> block, String name) {
    return block.stream()
        .filter(l -> l.startsWith(name))
        .map(l -> l.substring(name.length()).strip())
        .findFirst()
        .orElse(null);
  }

  private static String content(List<String> block) {
    return block.stream()
        .filter(l -> l.startsWith("data:") || l.startsWith(":"))
        .map(l -> l.substring(l.indexOf(':') + 1).strip())
        .collect(Collectors.joining("\n"));
  }
}
