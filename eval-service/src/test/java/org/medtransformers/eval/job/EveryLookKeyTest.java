package org.medtransformers.eval.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchSettings;
import org.medtransformers.batches.GeneratedDataServer;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.eval.EvalTestStack;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Network;
import org.medtransformers.service.metric.Meters;

/**
 * Of the keys that say how an evaluation looks at images and asks their neighbours: another value,
 * and it sees or says something else.
 *
 * <p>libtorch can be loaded by one class loader of a process, and the tests of the service load it
 * by Quarkus's: a test that needs it is one of Quarkus's, or runs in a process of its own.
 */
@QuarkusTest
@QuarkusTestResource(EvalTestStack.class)
class EveryLookKeyTest {
  private static final DatasetDescription TWO_CLASSES =
      new DatasetDescription(
          "Generated",
          List.of("dark", "bright"),
          Task.BINARY,
          1,
          List.of(0.5),
          List.of(0.5),
          TargetMetric.ROC_AUC,
          true);
  private static final ModelSpec MODEL = ModelSpec.resnet(Backbone.TEST_RESNET, 1, 1);

  private GeneratedDataServer server;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void serve() {
    server = new GeneratedDataServer(TWO_CLASSES, new SplitSizes(8, 4, 12), 32);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /dataloader_params/testloader | batch_size      | 4
          /dataset_params               | test_transforms | [{"Normalize": false}]
          """)
  void anotherValueIsAnotherLoader(String object, String key, String value) throws Exception {
    ObjectNode run = run();
    LoaderSpec before = subject(run, null).loader(Split.TEST).spec();
    assertEquals(before, subject(run, null).loader(Split.TEST).spec());
    ((ObjectNode) run.at(object)).set(key, Json.parse(value));
    assertNotEquals(before, subject(run, null).loader(Split.TEST).spec());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k           | [3]
          temperature | 100
          """)
  void neighboursSaySomethingElse(String key, String value) throws Exception {
    ObjectNode run = run();
    ObjectNode knn = ((ObjectNode) run.get("medtrans")).putObject("knn");
    knn.put("temperature", 0.1).putArray("k").add(8);
    JsonNode before = neighbours(run);
    assertEquals(before, neighbours(run));
    knn.set(key, Json.parse(value));
    assertNotEquals(before, neighbours(run));
  }

  /** Their metrics, without the echo of what was asked for. */
  private JsonNode neighbours(ObjectNode run) throws Exception {
    Findings findings = new Findings();
    try (Network network = Network.of(MODEL, Initializer.initialise(MODEL, 3), TorchDevice.CPU)) {
      new KnnPart().measure(subject(run, network), findings);
    }
    EvaluationResults.Origin origin =
        new EvaluationResults.Origin("run", null, null, null, null, null, null, null);
    return Json.parse(findings.results(origin)).at("/knn/metrics");
  }

  private Subject subject(ObjectNode run, Network network) {
    BatchClient client =
        new BatchClient(
            new BatchSettings(
                List.of(server.address()),
                2,
                1 << 20,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                1 << 20));
    EvaluationEvent.Requested request =
        new EvaluationEvent.Requested(
            "run", Json.convert(run, RunConfig.class), server.dataset(), "", null, null, null);
    EvaluationMetrics metrics = new EvaluationMetrics(new Meters(new SimpleMeterRegistry()));
    return new Subject(request, network, TorchDevice.CPU, client, metrics, () -> false);
  }

  private static ObjectNode run() throws IOException {
    try (InputStream in = EveryLookKeyTest.class.getResourceAsStream("/run.json")) {
      return (ObjectNode) Json.mapper().readTree(in);
    }
  }
}
