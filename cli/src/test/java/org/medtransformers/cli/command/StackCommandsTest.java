package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.access.SignInLink;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.localstack.ProcessId;
import org.medtransformers.localstack.StackState;
import org.medtransformers.localstack.StackState.Part;
import org.medtransformers.localstack.StackState.Phase;

/** A stack whose supervisor and only part are this JVM, as its file says. */
class StackCommandsTest extends CommandTest {
  private static final ProcessId SELF =
      new ProcessId(
          ProcessHandle.current().pid(),
          ProcessHandle.current().info().startInstant().orElseThrow());

  private void stack(boolean ephemeral, boolean ready) throws IOException {
    Path files = Files.createDirectories(folder.resolve("home/stack/logs"));
    URI url = URI.create(gateway.url());
    Part part = new Part("gateway", SELF, url.getPort(), url, ready, 3, "gateway.log");
    StackState state =
        new StackState(
            Phase.READY, SELF, Instant.now(), ephemeral, "127.0.0.1:9092", List.of(part), null);
    Files.writeString(files.resolveSibling("stack.json"), Json.pretty(state));
  }

  @Test
  void statusShowsEachPartWithItsMemory() throws IOException {
    stack(false, true);
    assertEquals(ExitCode.OK, medtrans("status"), err::toString);
    String pattern =
        "gateway +READY +%d +%d +[0-9:]+ +[1-9][0-9]* MiB +3"
            .formatted(SELF.pid(), URI.create(gateway.url()).getPort());
    assertTrue(out.toString().lines().anyMatch(l -> l.matches(pattern)), out::toString);
  }

  @Test
  void statusIsExitCodeOneUnlessAllIsReady() throws IOException {
    assertEquals(ExitCode.FAILED, medtrans("status"));
    assertTrue(out.toString().contains("is down"));
    stack(false, false);
    assertEquals(ExitCode.FAILED, medtrans("status"));
    assertTrue(out.toString().contains("STARTING"));
  }

  private void signsIn() {
    gateway.on(
        "POST /api/v1/sign-in-links",
        200,
        new SignInLink("/sign-in?code=c0de", Instant.parse("2026-11-30T10:00:00Z")));
  }

  /** The token of the stack, which it makes where there is none. */
  private String token() throws IOException {
    Path file = folder.resolve("home/stack/token");
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    return Files.readString(file);
  }

  @Test
  void upLeavesAStackThatRunsAloneAndSignsABrowserIn() throws IOException {
    stack(false, true);
    signsIn();
    assertEquals(ExitCode.OK, medtrans("up"), err::toString);
    assertTrue(out.toString().contains("page     " + gateway.url() + "/sign-in?code=c0de\n"));
    assertTrue(token().matches("[0-9a-f]{64}"), token());
    String first = "Bearer " + token();
    assertEquals(ExitCode.OK, medtrans("up"), err::toString);
    assertEquals(
        List.of(first, first),
        gateway.requests().stream().map(FakeGateway.Request::authorization).toList());
    assertFalse(out.toString().contains(token()), "only the gateway is told");
    assertEquals(ExitCode.FAILED, medtrans("up", "--port", "1"));
  }

  @Test
  void whoIsAskedIsSettledWhenTheStackIsStarted() throws IOException {
    stack(false, true);
    assertEquals(ExitCode.FAILED, medtrans("up", "--no-auth"));
    assertTrue(err.toString().contains("settled at its start"), err::toString);
  }

  @Test
  void upRefusesWhatIsNoPort() throws IOException {
    stack(false, true);
    assertEquals(ExitCode.INVALID, medtrans("up", "--port", "0"));
    assertEquals(ExitCode.INVALID, medtrans("up", "--port", "65536"));
    assertTrue(err.toString().contains("--port: found 65536, allowed: a port from 1 to 65535"));
  }

  @Test
  void upRefusesAnotherNumberOfReplicasThanRun() throws IOException {
    stack(false, true);
    assertEquals(ExitCode.FAILED, medtrans("up", "--data-services", "2"));
    assertTrue(err.toString().contains("another number of data-services"), err::toString);
    assertEquals(ExitCode.INVALID, medtrans("up", "--data-services", "0"));
    assertTrue(err.toString().contains("--data-services: found 0, allowed: 1 to 16"));
  }

  @Test
  void upDoesNotTakeAStackThatEndsWithAnotherCommand() throws IOException {
    stack(true, true);
    assertEquals(ExitCode.FAILED, medtrans("up"));
    assertTrue(err.toString().contains("ends with the command that started it"));
  }

  @Test
  void upAllowsFolders() throws IOException {
    stack(false, true);
    signsIn();
    Path images = Files.createDirectory(folder.resolve("images"));
    assertEquals(ExitCode.OK, medtrans("up", "--data-root", "images"));
    assertEquals(
        List.of(images.toRealPath().toString()),
        Files.readAllLines(folder.resolve("home/data-roots")));
    assertEquals(ExitCode.INVALID, medtrans("up", "--data-root", "missing"));
  }

  @Test
  void runUsesTheStackThatRunsAndLeavesItRunning() throws IOException {
    stack(false, true);
    var queued = Samples.experiment(Samples.run("resnet18", 0, RunState.QUEUED, null));
    var ended = Samples.experiment(Samples.succeeded("resnet18", 0, 0.5));
    gateway
        .on("POST /api/v1/experiments", 201, queued)
        .on("GET /api/v1/experiments/" + Samples.ID, 200, ended);
    Path images = Files.createDirectory(folder.resolve("images"));
    int code = medtrans("run", experimentFile().toString(), "--data_location", "images");
    assertEquals(ExitCode.OK, code, err::toString);
    assertFalse(err.toString().contains("Stopping"));
    for (FakeGateway.Request request : gateway.requests()) {
      assertEquals("Bearer " + token(), request.authorization());
    }
    assertEquals(
        List.of(images.toRealPath().toString()),
        Files.readAllLines(folder.resolve("home/data-roots")));
  }

  @Test
  void aStackThatWasStoppedIsNotWaitedFor() throws IOException {
    stack(false, true);
    var queued = Samples.experiment(Samples.run("resnet18", 0, RunState.QUEUED, null));
    gateway
        .on("POST /api/v1/experiments", 201, queued)
        .on("GET /api/v1/experiments/" + Samples.ID, 200, queued)
        .hangUpOn("GET /api/v1/experiments/" + Samples.ID);
    Path file = experimentFile();
    Thread stopper =
        new Thread(
            () -> {
              while (gateway.requests("GET", "/api/v1/experiments/" + Samples.ID).isEmpty()) {
                Thread.onSpinWait();
              }
              assertTrue(folder.resolve("home/stack/stack.json").toFile().delete());
            });
    stopper.start();
    assertEquals(ExitCode.FAILED, medtrans("run", file.toString()));
    assertTrue(err.toString().contains("the local stack was stopped"), err::toString);
  }

  @Test
  void logsShowTheEndOfOnePartOrOfAll() throws IOException {
    stack(false, true);
    Path logs = folder.resolve("home/stack/logs");
    Files.writeString(logs.resolve("gateway.log"), "one\ntwo\n");
    Files.writeString(logs.resolve("kafka.log"), "three\n");
    assertEquals(ExitCode.OK, medtrans("logs", "gateway", "-n", "1"));
    assertEquals("two\n", out.toString());
    assertEquals(ExitCode.OK, medtrans("logs"));
    assertEquals("two\ngateway | one\ngateway | two\nkafka | three\n", out.toString());
    assertEquals(ExitCode.INVALID, medtrans("logs", "nothing"));
  }
}
