package org.medtransformers.tests.upgrade;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.medtransformers.localstack.FreePorts;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.tests.Records;
import org.medtransformers.tests.Suite;

/**
 * The packaged suite starts on the databases and files of each earlier release, which had a
 * training at work, an event not sent yet, and a broker that is now new and empty.
 */
class UpgradeIT {
  private static final Path ROOT = Path.of("target", "upgrade").toAbsolutePath();

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Between processors of different kinds, over a few dozen iterations. */
  private static final double TOLERANCE = 1e-3;

  @Test
  void whatAnEarlierReleaseLeftBehindGoesOn() throws Exception {
    for (Fixtures release : Fixtures.all()) {
      Path home = restored(release);
      try (Suite suite = Suite.start(home, ROOT, 1, Map.of())) {
        goesOn(suite, release.expected());
        hasEndedForGood(suite, release);
      }
    }
  }

  private static Path restored(Fixtures release) throws IOException, SQLException {
    Path home = Files.createDirectories(ROOT.resolve(release.folder().getFileName()));
    FileUtils.deleteDirectory(home.toFile());
    FileUtils.copyDirectory(release.home().toFile(), home.toFile());
    Path stack = home.resolve("stack");
    LocalDatabase server =
        LocalDatabase.durable(
            Files.createDirectories(stack).resolve("postgres"),
            FreePorts.next(),
            stack.resolve("restored.log"));
    server.start();
    try {
      for (String name : Migrations.SERVICES.keySet()) {
        server.createDatabase(name);
        try (Connection connection = server.connect(name)) {
          release.database(name).restore(connection);
        }
      }
    } finally {
      server.stop();
    }
    return home;
  }

  /** The training resumes from the old checkpoint on the old prepared set, and is evaluated. */
  private static void goesOn(Suite suite, Fixtures.Expected expected) {
    JsonNode experiment = suite.awaitEnd(expected.atWork());
    assertEquals(
        "SUCCEEDED", experiment.at("/experiment/state").asText(), experiment::toPrettyString);
    List<JsonNode> started = suite.history(expected.atWork(), "training.started.v1").toList();
    int resumed = started.get(started.size() - 1).path("firstIteration").asInt();
    assertTrue(resumed > 1, started::toString);
    Map<Integer, Double> was = losses(expected.run());
    Map<Integer, Double> is = losses(suite.run(expected.run().at("/run/id").asText()));
    assertTrue(is.keySet().stream().anyMatch(iteration -> iteration >= resumed));
    is.forEach((iteration, loss) -> assertEquals(was.get(iteration), loss, TOLERANCE));
    // What was said with the broker away was sent by the new version, before anything of its own.
    assertEquals(
        resumed - 1,
        suite
            .history(expected.atWork(), "training.checkpointed.v1")
            .filter(c -> c.path("attempt").asInt() == 1)
            .mapToInt(c -> c.path("iteration").asInt())
            .max()
            .orElseThrow());
  }

  private static Map<Integer, Double> losses(JsonNode run) {
    Map<Integer, Double> losses = new TreeMap<>();
    run.path("progress")
        .forEach(p -> losses.put(p.path("iteration").asInt(), p.path("loss").asDouble()));
    return losses;
  }

  /** An experiment that had ended is shown as it was, also after its events have come again. */
  private static void hasEndedForGood(Suite suite, Fixtures release) throws Exception {
    JsonNode ended = release.expected().ended();
    String id = ended.at("/experiment/id").asText();
    assertEquals(List.of(), Losses.between(ended, suite.experiment(id)));
    int said = suite.history(id).size();
    Records.send(
        suite.broker(),
        release.events().stream()
            .filter(event -> event.headers().get("ce_source").startsWith("/medtransformers/"))
            .map(RecordedEvent::toRecord)
            .toList());
    await().atMost(PATIENCE).ignoreExceptions().until(() -> Records.allReceived(suite.broker()));
    assertEquals(List.of(), Losses.between(ended, suite.experiment(id)));
    assertEquals(said, suite.history(id).size());
    assertEquals(List.of(), Records.deadLetters(suite.broker()));
  }
}
