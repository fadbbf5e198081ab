package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunPage;
import org.medtransformers.contracts.result.RunView;

/** Experiments of more runs than the gateway gives at once. */
class RunPagesTest {
  private static final String EXPERIMENT = "GET /api/v1/experiments/" + Samples.ID;
  private static final List<RunView> RUNS =
      IntStream.range(0, 203).mapToObj(i -> Samples.succeeded("resnet18", i, 0.5)).toList();

  private final FakeGateway gateway = new FakeGateway();
  private final GatewayClient client =
      new GatewayClient(() -> URI.create(gateway.url()), Optional::empty, line -> {});

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** As the gateway shows it: the first hundred. */
  private void shown() {
    ExperimentView all = Samples.experiment(RUNS.toArray(RunView[]::new));
    gateway.on(EXPERIMENT, 200, all.withRuns(RUNS.subList(0, 100)));
  }

  private void page(int number, List<RunView> runs) {
    gateway.on(
        EXPERIMENT + "/runs?page=" + number + "&size=100",
        200,
        new RunPage(runs, number, 100, RUNS.size()));
  }

  @Test
  void allRunsAreFetchedPageByPage() {
    shown();
    page(1, RUNS.subList(100, 200));
    page(2, RUNS.subList(200, 203));
    ExperimentView experiment = client.experiment(Samples.ID);
    assertEquals(RUNS, experiment.runs());
    assertEquals(203, experiment.result().runs().size());
  }

  @Test
  void aPageWithoutTheRunsThatThereShouldBeIsAnError() {
    shown();
    page(1, List.of());
    MedtransException e =
        assertThrows(MedtransException.class, () -> client.experiment(Samples.ID));
    assertTrue(e.getMessage().contains("100 of 203 runs"), e::getMessage);
  }

  @Test
  void aGatewayThatDoesNotSayHowManyRunsThereAreGivesAll() {
    gateway.onText(
        EXPERIMENT,
        200,
        "{\"experiment\":{\"id\":\"e\"},\"runs\":[{\"id\":\"r\"}],\"searches\":[],\"notices\":[]}");
    ExperimentView experiment = client.experiment(Samples.ID);
    assertEquals(1, experiment.runs().size());
    assertEquals(1, experiment.runsTotal());
  }
}
