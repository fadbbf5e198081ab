package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.result.RunState;

class ResumeCommandTest extends CommandTest {
  private static final String WISH = "/api/v1/runs/resnet18-0/resume";
  private static final String EXPERIMENT = "GET /api/v1/experiments/" + Samples.ID;

  @Test
  void aResumedRunIsFollowedToTheReportOfItsExperiment() {
    accept();
    gateway.on(EXPERIMENT, 200, Samples.experiment(Samples.succeeded("resnet18", 0, 0.5)));
    assertEquals(ExitCode.OK, resume());
    assertEquals(1, gateway.requests("POST", WISH).size());
    assertTrue(out.toString().contains("medtrans results " + Samples.ID), out.toString());
  }

  @Test
  void anAnswerThatDidNotArriveIsAskedForAgain() {
    gateway.hangUpOn("POST " + WISH);
    accept();
    gateway.on(EXPERIMENT, 200, Samples.experiment(Samples.succeeded("resnet18", 0, 0.5)));
    assertEquals(ExitCode.OK, resume());
    assertEquals(2, gateway.requests("POST", WISH).size());
  }

  @Test
  void aRunThatFailsAgainExitsWithOne() {
    accept();
    gateway.on(
        EXPERIMENT,
        200,
        Samples.experiment(Samples.failed("resnet18", 0, ErrorCode.IMAGE_UNREADABLE, "a.png")));
    assertEquals(ExitCode.FAILED, resume());
    assertTrue(out.toString().contains("IMAGE_UNREADABLE: a.png"), out.toString());
  }

  @Test
  void aRefusalIsToldInTheGatewaysWords() {
    gateway.on(
        "POST " + WISH,
        409,
        Map.of("code", "CONFLICT", "detail", "run resnet18-0 has ended: SUCCEEDED"));
    assertEquals(ExitCode.FAILED, resume());
    assertTrue(err.toString().contains("run resnet18-0 has ended: SUCCEEDED"), err.toString());
  }

  private void accept() {
    gateway.on(
        "POST " + WISH, 202, Samples.experiment(Samples.run("resnet18", 0, RunState.QUEUED, null)));
  }

  private int resume() {
    return medtrans("resume", "resnet18-0", "--gateway", gateway.url());
  }
}
