package org.medtransformers.localstack;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.localstack.StackState.Part;
import org.medtransformers.localstack.StackState.Phase;

class LocalStackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int BROKER_PORT = FreePorts.next();
  private static final int CONTROLLER_PORT = FreePorts.next();

  /** One for all, as unpacking and initialising PostgreSQL takes longer than what is tested. */
  @TempDir static Path home;

  @AfterEach
  void stop() {
    LocalStack.stop(home);
  }

  @Test
  void everyPartThatIsKilledComesBackAndStopLeavesNothing() throws Exception {
    List<Phase> phases = new ArrayList<>();
    LocalStack.start(layout(Map.of()), state -> phases.add(state.phase()));
    assertEquals(Phase.STARTING, phases.get(0));
    assertThrows(StackException.class, () -> LocalStack.start(layout(Map.of()), state -> {}));

    for (String name : List.of("tiny", "kafka", "postgres")) {
      ProcessHandle before = process(name).orElseThrow();
      before.destroyForcibly();
      await().atMost(PATIENCE).until(() -> isReadyInPlaceOf(before, part(name)));
      assertEquals(1, part(name).restarts(), name);
    }

    // Made by the supervisor for one of its parts: all of them inherit how it makes files.
    Path log = StackFiles.of(home).log("tiny");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));

    List<ProcessHandle> all = processes();
    assertTrue(LocalStack.stop(home));
    assertTrue(all.stream().noneMatch(Processes::runs));
    assertTrue(StackStatus.read(home).isEmpty());
    assertFalse(LocalStack.stop(home));
  }

  private static boolean isReadyInPlaceOf(ProcessHandle before, StackState.Part part) {
    return part.ready() && part.process() != null && part.process().pid() != before.pid();
  }

  @Test
  void aPartThatHangsIsKilledAndStartedAgain() throws Exception {
    LocalStack.start(layout(Map.of()), state -> {});
    List<ProcessHandle> hanging = processes();
    hanging.forEach(process -> Processes.signal(process, "STOP"));
    await().atMost(PATIENCE).until(() -> hanging.stream().noneMatch(Processes::runs));
    // A part that has just been killed still stands there as it was.
    await().atMost(PATIENCE).until(() -> all().allMatch(p -> p.ready() && p.restarts() >= 1));
  }

  private static Stream<Part> all() {
    return StackStatus.read(home).orElseThrow().parts().stream();
  }

  @Test
  void whatAKilledSupervisorLeftIsStoppedBeforeTheNextStart() throws Exception {
    LocalStack.start(layout(Map.of()), state -> {});
    List<ProcessHandle> orphans = processes();
    ProcessHandle supervisor =
        StackStatus.read(home).orElseThrow().supervisor().find().orElseThrow();
    supervisor.destroyForcibly();
    assertTrue(Processes.awaitExit(supervisor, PATIENCE));
    assertTrue(orphans.stream().allMatch(ProcessHandle::isAlive));
    assertTrue(StackStatus.read(home).isEmpty());

    LocalStack.start(layout(Map.of()), state -> {});
    assertTrue(orphans.stream().noneMatch(Processes::runs));
  }

  @Test
  void stackEndsWithItsOwner() throws Exception {
    Process owner = new ProcessBuilder("sleep", "600").start();
    StackLayout owned = layout(Map.of()).ownedBy(owner.toHandle());
    assertTrue(LocalStack.start(owned, state -> {}).ephemeral());
    List<ProcessHandle> all = processes();
    owner.destroyForcibly();
    await().atMost(PATIENCE).until(() -> all.stream().noneMatch(Processes::runs));
    await().atMost(PATIENCE).until(() -> StackStatus.read(home).isEmpty());
  }

  @Test
  void startThatFailsSaysWhyAndLeavesNothing() throws Exception {
    StackLayout failing = layout(Map.of(TinyService.FAIL, "no weights to be found"));
    StackException refused =
        assertThrows(StackException.class, () -> LocalStack.start(failing, state -> {}));
    assertTrue(refused.getMessage().contains("no weights to be found"), refused.getMessage());
    assertTrue(refused.getMessage().contains("tiny.log"), refused.getMessage());
    assertTrue(Leftovers.find(home).isEmpty());
    assertTrue(FreePorts.isFree(failing.databasePort()));
  }

  /** A script that takes what a native image takes, and nothing else of a JVM's arguments. */
  @Test
  void aNativeImageIsStartedAndStoppedAsAJarIs() throws Exception {
    Path binary = home.resolve("tiny");
    Files.writeString(
        binary,
        """
        #!/bin/sh
        for argument; do
          case "$argument" in -D*|-Xmx*) ;; *) echo "unknown: $argument"; exit 1 ;; esac
        done
        exec %s "$@" -jar %s
        """
            .formatted(JavaCommand.executable(), TinyService.jar(home)));
    assertTrue(binary.toFile().setExecutable(true));
    LocalStack.start(layout(binary, Map.of()), state -> {});
    ProcessHandle tiny = process("tiny").orElseThrow();
    assertTrue(Leftovers.find(home).stream().anyMatch(tiny::equals));
    assertTrue(LocalStack.stop(home));
    assertFalse(Processes.runs(tiny));
  }

  private StackLayout layout(Map<String, String> environment) throws IOException {
    return layout(TinyService.jar(home), environment);
  }

  private StackLayout layout(Path program, Map<String, String> environment) {
    ServiceSpec tiny =
        new ServiceSpec(
            "tiny",
            "tiny",
            FreePorts.next(),
            "tiny",
            program,
            List.of("-Xmx32m", "-XX:+UseSerialGC"),
            environment);
    return new StackLayout(
        home,
        BROKER_PORT,
        CONTROLLER_PORT,
        FreePorts.next(),
        List.of("letters", "letters.dlq"),
        1,
        List.of(tiny),
        Duration.ofSeconds(12),
        null);
  }

  private Part part(String name) {
    return StackStatus.read(home).orElseThrow().part(name).orElseThrow();
  }

  private Optional<ProcessHandle> process(String name) {
    return part(name).process().find();
  }

  private List<ProcessHandle> processes() {
    return StackStatus.read(home).orElseThrow().parts().stream()
        .map(part -> part.process().find().orElseThrow())
        .toList();
  }
}
