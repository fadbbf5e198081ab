package org.medtransformers.tests.chaos;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.tests.Experiments;
import org.medtransformers.tests.Suite;

/**
 * Experiments, one after the other, under faults that are drawn from a seed, so that what went
 * wrong once can be made to go wrong again. System properties: {@code chaos.seed} (one or several,
 * separated by commas), {@code chaos.faults} (how many each), {@code chaos.longest} (seconds that
 * one lasts at most), {@code chaos.kinds} (of {@link FaultKind}).
 */
class ChaosIT {
  private static final Path ROOT = Path.of("target", "chaos").toAbsolutePath();

  /**
   * What in a year of a cluster's life never meets, meets here within a minute: that it is the
   * sixth time in a row says nothing of the job.
   */
  private static final String MAX_ATTEMPTS = "50";

  private static Suite suite;
  private static ArtifactDisk disk;
  private static Path home;
  private static List<RunOutcome> undisturbed;
  private static int asked;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    // To a server that accepts and does not answer.
    DriverManager.setLoginTimeout(5);
    new PhantomDataset(80, 48, 3).write(Files.createDirectories(ROOT.resolve("data")));
    home = Files.createTempDirectory(ROOT, "home");
    disk = ArtifactDisk.at(home.resolve("runs"), kinds().contains(FaultKind.DISK_FULL));
    Map<String, String> settings = new HashMap<>(Suite.IMPATIENT);
    settings.put("MEDTRANS_JOBS_MAX_ATTEMPTS", MAX_ATTEMPTS);
    suite = Suite.start(home, ROOT.resolve("data"), 2, settings);
    asked = 1;
    String experiment = suite.submit(document());
    assertEquals("SUCCEEDED", suite.awaitEnd(experiment).at("/experiment/state").asText());
    undisturbed = RunOutcome.of(suite, home, experiment);
  }

  @AfterAll
  static void nobodyIsLeftBehind() throws Exception {
    if (suite != null) {
      suite.close();
    }
    if (disk != null) {
      disk.unmount();
    }
    List<String> orphans =
        ProcessHandle.allProcesses()
            .flatMap(process -> process.info().commandLine().stream())
            .filter(command -> command.contains(home.toString()))
            .toList();
    assertEquals(List.of(), orphans);
  }

  static LongStream seeds() {
    return Stream.of(System.getProperty("chaos.seed", "1,2").split(","))
        .mapToLong(seed -> Long.parseLong(seed.strip()));
  }

  /** Those asked for; all without a wish. */
  private static Set<FaultKind> kinds() {
    String names = System.getProperty("chaos.kinds", "");
    return names.isBlank()
        ? EnumSet.allOf(FaultKind.class)
        : Stream.of(names.split(","))
            .map(name -> FaultKind.valueOf(name.strip()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRunEndsAsIfNothingHadHappened(long seed) throws Exception {
    Set<FaultKind> kinds = kinds();
    if (!disk.own() && kinds.remove(FaultKind.DISK_FULL)) {
      tell(seed, "no disk is filled: nothing may be mounted here");
    }
    FaultPlan plan =
        FaultPlan.draw(
            seed,
            Integer.getInteger("chaos.faults", 6),
            kinds,
            Duration.ofSeconds(Integer.getInteger("chaos.longest", 8)));
    tell(seed, "plan " + plan.summary());
    List<String> experiments = new ArrayList<>();
    int missed = endure(plan, experiments);
    suite.awaitAll();
    List<String> wrong = Verdict.of(suite, home, undisturbed, experiments, asked);
    tell(
        seed,
        "%d experiments, %d faults, %d of them hit nothing, %d things are wrong"
            .formatted(experiments.size(), plan.faults().size(), missed, wrong.size()));
    wrong.forEach(what -> tell(seed, what));
    assertEquals(List.of(), wrong, "seed " + seed);
  }

  /** Asks for experiments until all faults are over; gives how many faults hit nothing. */
  private static int endure(FaultPlan plan, List<String> experiments) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Faults faults = new Faults(suite, disk, line -> tell(plan.seed(), line));
      Future<Integer> over = thread.submit(() -> faults.inflict(plan));
      do {
        String key = UUID.randomUUID().toString();
        asked++;
        experiments.add(
            await("an answer of the gateway")
                .atMost(Experiments.PATIENCE)
                .ignoreExceptions()
                .until(() -> suite.submit(document(), key), id -> !id.isEmpty()));
        String id = experiments.get(experiments.size() - 1);
        String state = suite.awaitEnd(id).at("/experiment/state").asText();
        tell(plan.seed(), "experiment %s %s".formatted(id, state));
      } while (!over.isDone());
      return over.get();
    } finally {
      thread.shutdown();
    }
  }

  /** With labels, and without before with them. */
  private static ObjectNode document() throws IOException {
    ObjectNode document = Experiments.document(ROOT.resolve("data"));
    String view = "{\"RandomResizedCrop\": {\"apply\": true, \"size\": 32, \"scale\": [0.4, 1]}}";
    Overrides.set(
        document,
        "experiment.matrix",
        Json.parse(
            """
            [[{"label": "random"},
              {"label": "DINO", "phases": [
                {"method": "dino", "set": {"dataset_params.train_transforms": [%1$s, %1$s]}},
                {"method": "supervised"}]}]]
            """
                .formatted(view)));
    Overrides.set(document, "model_params.DINO", Json.parse("{\"projection_size\": 32}"));
    Overrides.set(document, "training_params.epochs", Json.parse("6"));
    Overrides.set(document, "training_params.val_every", Json.parse("2"));
    return document;
  }

  private static synchronized void tell(long seed, String line) {
    System.out.printf("chaos seed %d, %tT: %s%n", seed, System.currentTimeMillis(), line);
  }
}
