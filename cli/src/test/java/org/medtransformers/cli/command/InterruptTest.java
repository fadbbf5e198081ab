package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.result.RunState;

/** Real signals to a real process. */
@Timeout(60)
class InterruptTest {
  private static final String EXPERIMENT = "/api/v1/experiments/" + Samples.ID;

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();
  private Process process;

  @BeforeEach
  void startARunThatDoesNotEnd() throws IOException {
    var running = Samples.experiment(Samples.run("resnet18", 0, RunState.TRAINING, null));
    gateway
        .on("POST /api/v1/experiments", 201, running)
        .on("GET " + EXPERIMENT, 200, running)
        .on("POST " + EXPERIMENT + "/cancel", 202, running);
    ProcessBuilder builder =
        new ProcessBuilder(
            // What starts the tests may ignore the signal, as a shell does for a job in the
            // background; a child would inherit that.
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Medtrans.class.getName(),
            "run",
            CommandTest.CHECKOUT.resolve("configs/demo.json").toString(),
            "--gateway",
            gateway.url());
    builder.environment().put("MEDTRANS_HOME", folder.toString());
    process = builder.redirectErrorStream(true).start();
    readUntil("TRAINING");
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
    gateway.close();
  }

  private String readUntil(String text) throws IOException {
    BufferedReader reader = process.inputReader();
    StringBuilder all = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      all.append(line).append('\n');
      if (line.contains(text)) {
        return all.toString();
      }
    }
    throw new AssertionError("no " + text + " in:\n" + all);
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  private void exits() throws InterruptedException {
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(ExitCode.INTERRUPTED, process.exitValue());
    assertEquals(1, gateway.requests("POST", EXPERIMENT + "/cancel").size());
  }

  private void waitForCancel() throws InterruptedException {
    while (gateway.requests("POST", EXPERIMENT + "/cancel").isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void theFirstWaitsForTheEnd() throws Exception {
    signal("INT");
    waitForCancel();
    assertTrue(process.isAlive());
    gateway.on(
        "GET " + EXPERIMENT,
        200,
        Samples.experiment(Samples.run("resnet18", 0, RunState.CANCELLED, null)));
    readUntil("CANCELLED");
    exits();
  }

  @Test
  void theSecondLeavesAtOnce() throws Exception {
    signal("INT");
    readUntil("Ctrl-C again leaves at once");
    waitForCancel();
    signal("INT");
    exits();
  }

  @Test
  void aRequestToTerminateCancelsToo() throws Exception {
    signal("TERM");
    waitForCancel();
    gateway.on(
        "GET " + EXPERIMENT,
        200,
        Samples.experiment(Samples.run("resnet18", 0, RunState.CANCELLED, null)));
    exits();
  }
}
