package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a checkout whose Maven and Java only write down that they were called. */
class LauncherTest {
  private static final String FAKE_MAVEN =
      """
      #!/bin/sh
      echo build >> builds
      touch began
      if [ -e slow ]; then sleep 1; fi
      if [ -e edit-meanwhile ]; then touch -d '+1 second' gateway/src/main/java/A.java; fi
      if [ -e broken ]; then echo the reason; exit 1; fi
      mkdir -p cli/target && touch cli/target/medtrans.jar
      for s in gateway data-service trainer-service eval-service; do
        mkdir -p $s/target/quarkus-app && touch $s/target/quarkus-app/quarkus-run.jar
      done
      for m in cli gateway data-service trainer-service eval-service; do
        touch -r began $m/target/build-began
      done
      """;
  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      echo "home=$MEDTRANS_HOME djl=$DJL_CACHE_DIR omp=$OMP_WAIT_POLICY"
      echo "locale=$LC_ALL pytorch=$PYTORCH_VERSION$PYTORCH_FLAVOR$PYTORCH_LIBRARY_PATH"
      if [ -n "${MEDTRANS_TORCH+set}" ]; then echo "torch=$MEDTRANS_TORCH."; fi
      for a in "$@"; do echo "<$a>"; done
      """;

  private record Outcome(int exitCode, String output) {}

  @TempDir Path folder;
  private Path checkout;
  private Path jdk;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("check out"));
    Files.copy(CommandTest.CHECKOUT.resolve("medtrans"), checkout.resolve("medtrans"));
    script(checkout.resolve("mvnw"), FAKE_MAVEN);
    Files.createDirectories(checkout.resolve(".mvn"));
    Files.createDirectories(checkout.resolve("configs/augmentation"));
    old(Files.createFile(checkout.resolve("pom.xml")));
    for (String module : List.of("gateway", "cli", "libs/contracts")) {
      Path java = Files.createDirectories(checkout.resolve(module).resolve("src/main/java"));
      old(Files.createFile(checkout.resolve(module).resolve("pom.xml")));
      old(Files.createFile(java.resolve("A.java")));
    }
    jdk = jdk("jdk", "21.0.1");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), FAKE_JAVA);
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }

  /** Folders keep their own times, which a real checkout's build follows too. */
  private static void old(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private ProcessBuilder launcher() {
    return builder(checkout.resolve("medtrans"), "status");
  }

  private Process start(Path launcher, String... arguments) throws IOException {
    return builder(launcher, arguments).start();
  }

  private ProcessBuilder builder(Path launcher, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("MEDTRANS_HOME", "relative-home");
    builder.environment().remove("DJL_CACHE_DIR");
    return builder;
  }

  private static Outcome outcome(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  private Outcome launch(String... arguments) throws IOException, InterruptedException {
    return outcome(start(checkout.resolve("medtrans"), arguments));
  }

  private long builds() throws IOException {
    Path file = checkout.resolve("builds");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  @Test
  void whatIsBuiltIsNotBuiltAgain() throws Exception {
    Outcome first = launch("status");
    assertEquals(0, first.exitCode(), first.output());
    assertTrue(first.output().startsWith("Building medtransformers"), first.output());
    Outcome second = launch("status");
    assertEquals(1, builds());
    assertTrue(second.output().startsWith("home="), second.output());
  }

  /** Services have working directories of their own. */
  @Test
  void aRelativeFolderOfLibtorchIsMadeAbsolute() throws Exception {
    for (String said : List.of("", "cpu", "cu128", "/torch/lib")) {
      assertTrue(torch(said).contains("torch=" + said + "."), said);
    }
    assertTrue(torch("torch/lib").contains("torch=" + folder.toRealPath() + "/torch/lib."));
  }

  @Test
  void namesNumbersAndLibrariesAreTheSameInEveryShell() throws Exception {
    Outcome outcome =
        launchWith(
            Map.of(
                "LC_ALL", "C",
                "PYTORCH_VERSION", "1.13.1",
                "PYTORCH_FLAVOR", "cu117",
                "PYTORCH_LIBRARY_PATH", "/opt/other"));
    String home = folder.toRealPath() + "/relative-home";
    for (String line :
        List.of(
            "<-Dfile.encoding=UTF-8>",
            "<-Dsun.jnu.encoding=UTF-8>",
            "<-Duser.language=en>",
            "<-Duser.country=US>",
            "<-Djna.tmpdir=" + home + "/jna>",
            "locale=C.UTF-8 pytorch=")) {
      assertTrue(outcome.output().lines().anyMatch(line::equals), line + outcome.output());
    }
  }

  /** Where a folder of libraries does not tell its version, the variable does. */
  @Test
  void theVersionOfAFolderOfLibtorchMayBeSaid() throws Exception {
    Map<String, String> said = Map.of("MEDTRANS_TORCH", "/torch/lib", "PYTORCH_VERSION", "2.7.1");
    assertTrue(launchWith(said).output().contains("pytorch=2.7.1"));
  }

  @Test
  void withoutAHomeTheVariableToSetIsNamed() throws Exception {
    ProcessBuilder builder = launcher();
    builder.environment().keySet().removeAll(Set.of("HOME", "MEDTRANS_HOME"));
    Outcome outcome = outcome(builder.start());
    assertEquals(1, outcome.exitCode());
    assertEquals(
        "medtrans: HOME is not set; set MEDTRANS_HOME to the folder where everything is to be kept",
        outcome.output().strip());
  }

  private Outcome launchWith(Map<String, String> environment)
      throws IOException, InterruptedException {
    launch("status");
    ProcessBuilder builder = launcher();
    builder.environment().putAll(environment);
    return outcome(builder.start());
  }

  private String torch(String said) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(checkout.resolve("medtrans").toString(), "status")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("MEDTRANS_HOME", folder.toString());
    builder.environment().put("MEDTRANS_TORCH", said);
    return outcome(builder.start()).output();
  }

  @Test
  void whatMavenBuiltByItselfIsNotBuiltAgain() throws Exception {
    Process maven = new ProcessBuilder("./mvnw", "verify").directory(checkout.toFile()).start();
    assertEquals(0, maven.waitFor());
    launch();
    assertEquals(1, builds());
  }

  @Test
  void aSourceIsStaleWhileOneProductIsOlder() throws Exception {
    launch();
    Files.createFile(checkout.resolve("libs/contracts/src/main/java/B.java"));
    Files.setLastModifiedTime(
        checkout.resolve("gateway/target/build-began"), FileTime.from(Instant.now()));
    launch();
    assertEquals(2, builds());
  }

  @Test
  void aChangedAnAddedAndADeletedSourceAreEachBuilt() throws Exception {
    launch();
    Path source = checkout.resolve("libs/contracts/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
    launch();
    assertEquals(2, builds());
    Files.createFile(checkout.resolve("gateway/src/main/java/B.java"));
    launch();
    assertEquals(3, builds());
    Files.delete(source);
    launch();
    assertEquals(4, builds());
    Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.from(Instant.now()));
    launch();
    assertEquals(5, builds());
    launch();
    assertEquals(5, builds());
  }

  @Test
  void aProductThatIsGoneIsBuilt() throws Exception {
    launch();
    Files.delete(checkout.resolve("eval-service/target/quarkus-app/quarkus-run.jar"));
    launch();
    assertEquals(2, builds());
  }

  @Test
  void aSourceEditedDuringTheBuildIsBuiltNextTime() throws Exception {
    Files.createFile(checkout.resolve("edit-meanwhile"));
    launch();
    Files.delete(checkout.resolve("edit-meanwhile"));
    launch();
    assertEquals(2, builds());
  }

  @Test
  void jarsAreNotReplacedUnderARunningStack() throws Exception {
    launch();
    Files.createFile(checkout.resolve("gateway/src/main/java/B.java"));
    Process supervisor = new ProcessBuilder("sh", "-c", "sleep 60; : SupervisorMain").start();
    try {
      Path stack = Files.createDirectories(folder.resolve("relative-home/stack"));
      Files.writeString(
          stack.resolve("stack.json"),
          "{\n  \"phase\" : \"READY\",\n  \"supervisor\" : {\n    \"pid\" : "
              + supervisor.pid()
              + "\n  },\n  \"parts\" : [ { \"process\" : { \"pid\" : 1 } } ]\n}\n");
      Outcome outcome = launch("status");
      assertEquals(0, outcome.exitCode());
      assertTrue(outcome.output().contains("medtrans down"), outcome.output());
      assertEquals(1, builds());
    } finally {
      supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
      supervisor.destroyForcibly().waitFor();
    }
    launch();
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildSaysWhyAndIsTriedAgain() throws Exception {
    Files.createFile(checkout.resolve("broken"));
    Outcome failed = launch();
    assertEquals(1, failed.exitCode());
    assertTrue(failed.output().contains("the reason"), failed.output());
    Files.delete(checkout.resolve("broken"));
    assertEquals(0, launch().exitCode());
  }

  @Test
  void twoLaunchesAtOnceBuildOnce() throws Exception {
    Files.createFile(checkout.resolve("slow"));
    List<Process> both =
        List.of(start(checkout.resolve("medtrans")), start(checkout.resolve("medtrans")));
    for (Process launch : both) {
      assertEquals(0, outcome(launch).exitCode());
    }
    assertEquals(1, builds());
  }

  @Test
  void argumentsArriveAsTheyWereThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("check out/medtrans"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);
    Outcome outcome = outcome(start(second, "run", "a file.json", "--set", "a=\"$x\" *", ""));
    assertTrue(
        outcome.output().endsWith("<run>\n<a file.json>\n<--set>\n<a=\"$x\" *>\n<>\n"),
        outcome.output());
    assertTrue(
        outcome.output().contains("<" + checkout.resolve("cli/target/medtrans.jar") + ">"),
        outcome.output());
  }

  @Test
  void pathsInTheEnvironmentAreAbsolute() throws Exception {
    Path home = folder.toRealPath().resolve("relative-home");
    String expected = "home=" + home + " djl=" + home.resolve("djl") + " omp=PASSIVE";
    assertTrue(launch().output().lines().anyMatch(expected::equals));
  }

  @Test
  void aJavaThatIsTooOldIsPassedOver() throws Exception {
    jdk = jdk("jdk11", "11.0.2");
    Outcome outcome = launch("--version");
    try (Stream<String> lines = outcome.output().lines()) {
      assertTrue(lines.noneMatch(l -> l.startsWith("home=")), outcome.output());
    }
  }
}
