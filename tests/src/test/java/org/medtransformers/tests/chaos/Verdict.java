package org.medtransformers.tests.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.medtransformers.tests.Experiments;
import org.medtransformers.tests.Records;
import org.medtransformers.tests.Suite;

/** What must hold when all faults are over. It looks at what there is, never at a clock. */
final class Verdict {
  private static final List<String> WORKERS = List.of("data", "trainer", "eval");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Suite suite;
  private final Path home;
  private final List<RunOutcome> undisturbed;
  private final List<String> wrong = new ArrayList<>();

  private Verdict(Suite suite, Path home, List<RunOutcome> undisturbed) {
    this.suite = suite;
    this.home = home;
    this.undisturbed = undisturbed;
  }

  /**
   * @param undisturbed what each run has to come to
   * @param experiments those that went through the faults
   * @param all how many experiments were ever asked for
   * @return all that is wrong; empty where nothing is
   */
  static List<String> of(
      Suite suite, Path home, List<RunOutcome> undisturbed, List<String> experiments, int all)
      throws Exception {
    Verdict verdict = new Verdict(suite, home, undisturbed);
    for (String experiment : experiments) {
      verdict.endsLikeTheUndisturbed(experiment);
      verdict.streamIsWhole(experiment);
    }
    verdict.nothingIsLeftToDo();
    verdict.nothingWasPutAside();
    verdict.expect(
        (long) all, verdict.count("gateway", "SELECT count(*) FROM experiment"), "experiments");
    return verdict.wrong;
  }

  private void endsLikeTheUndisturbed(String experiment) throws IOException {
    List<RunOutcome> outcomes = RunOutcome.of(suite, home, experiment);
    expect(undisturbed.size(), outcomes.size(), "runs of " + experiment);
    for (int i = 0; i < Math.min(outcomes.size(), undisturbed.size()); i++) {
      for (String difference : outcomes.get(i).differencesFrom(undisturbed.get(i))) {
        wrong.add("run %d of %s: %s".formatted(i, experiment, difference));
      }
    }
  }

  /** Accepted and ended once, and a client that asks again from anywhere is told the rest. */
  private void streamIsWhole(String experiment) {
    List<Experiments.Said> all = suite.history(experiment);
    for (String once : List.of("experiment.accepted.v1", "experiment.ended.v1")) {
      expect(
          1L, all.stream().filter(s -> s.type().equals(once)).count(), once + " of " + experiment);
    }
    List<Long> ids = all.stream().map(Experiments.Said::id).toList();
    expect(ids.stream().sorted().distinct().toList(), ids, "event ids of " + experiment);
  }

  private void nothingIsLeftToDo() {
    expectSoon("every record is read", () -> Records.allReceived(suite.broker()));
    expectNone("gateway", "outbox");
    for (String worker : WORKERS) {
      expectNone(worker, "outbox");
      expectNone(worker, "job WHERE state <> 'DONE'");
    }
  }

  private void expectNone(String database, String rows) {
    expectSoon(
        "nothing is left in %s of %s".formatted(rows, database),
        () -> count(database, "SELECT count(*) FROM " + rows) == 0);
  }

  /** What was done last may still be on its way. */
  private void expectSoon(String what, Callable<Boolean> condition) {
    try {
      await(what).atMost(PATIENCE).ignoreExceptions().until(condition);
    } catch (ConditionTimeoutException e) {
      wrong.add("not so: " + what);
    }
  }

  private void nothingWasPutAside() {
    Records.deadLetters(suite.broker())
        .forEach(
            letter ->
                wrong.add(
                    "dead letter in %s: %s"
                        .formatted(
                            letter.topic(),
                            new String(
                                letter.headers().lastHeader("dead-letter-reason").value(),
                                StandardCharsets.UTF_8))));
  }

  private long count(String database, String sql) throws SQLException {
    try (Connection connection = suite.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void expect(Object expected, Object found, String what) {
    if (!expected.equals(found)) {
      wrong.add("%s: expected %s, found %s".formatted(what, expected, found));
    }
  }
}
