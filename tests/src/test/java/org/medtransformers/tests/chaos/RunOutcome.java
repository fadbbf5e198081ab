package org.medtransformers.tests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.tests.Experiments;
import org.medtransformers.tests.Suite;

/**
 * What a run has come to, in everything that must be the same whatever happened meanwhile. When and
 * by whose hand is not in it.
 *
 * @param facts by what they are about
 */
record RunOutcome(Map<String, Object> facts) {
  /** How many elements of a list are shown. */
  private static final int SHOWN = 3;

  /** What notices of a full disk say, which was done to the run. */
  private static final List<String> OF_FULL_DISKS =
      List.of("waited for room on a full disk", "No space left on device");

  /** Of all runs of {@code experiment}, in their order, with the files that stay. */
  static List<RunOutcome> of(Suite suite, Path home, String experiment) throws IOException {
    suite.awaitCleaned();
    List<Experiments.Said> history = suite.history(experiment);
    List<RunOutcome> outcomes = new ArrayList<>();
    for (JsonNode run : suite.experiment(experiment).path("runs")) {
      String id = run.path("id").asText();
      outcomes.add(
          of(
              run,
              suite.run(id),
              home.resolve("runs").resolve(id),
              history.stream().filter(s -> id.equals(s.data().path("runId").asText())).toList()));
    }
    return outcomes;
  }

  private static RunOutcome of(
      JsonNode run, JsonNode detail, Path folder, List<Experiments.Said> history)
      throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("state", run.path("state").asText());
    facts.put("error", run.path("error"));
    facts.put("metrics", run.path("metrics"));
    facts.put("notices", notices(detail));
    facts.put("course", Experiments.course(detail));
    facts.put("states", said(history, "run.state-changed.v1", "from", "to"));
    facts.put("progress", learned(history, "training.progress.v1", "loss"));
    facts.put("validations", learned(history, "training.validated.v1", "metrics"));
    facts.put("ends", said(history, "training.completed.v1", "iterations", "metrics"));
    facts.put("evaluations", said(history, "evaluation.completed.v1", "metrics", "notices"));
    facts.put("weights", weights(folder, history));
    facts.put("files", files(folder));
    return new RunOutcome(facts);
  }

  private static List<String> notices(JsonNode detail) {
    return StreamSupport.stream(detail.path("notices").spliterator(), false)
        .map(JsonNode::asText)
        .filter(notice -> OF_FULL_DISKS.stream().noneMatch(notice::contains))
        .toList();
  }

  private static List<String> said(List<Experiments.Said> history, String type, String... fields) {
    return history.stream()
        .filter(s -> s.type().equals(type))
        .map(
            s ->
                Stream.of(fields).map(field -> s.data().path(field).toString()).toList().toString())
        .toList();
  }

  /** As whoever follows the stream has it: a later attempt replaces what it repeats. */
  private static List<String> learned(List<Experiments.Said> history, String type, String field) {
    List<JsonNode> learned = new ArrayList<>();
    for (Experiments.Said said : history) {
      if (said.type().equals("training.started.v1")) {
        int first = said.data().path("firstIteration").asInt();
        learned.removeIf(event -> event.path("iteration").asInt() >= first);
      } else if (said.type().equals(type)) {
        learned.removeIf(event -> isRepeated(event, said.data()));
        learned.add(said.data());
      }
    }
    return learned.stream()
        .map(event -> event.path("iteration") + " " + event.path(field))
        .toList();
  }

  /** What was measured before the last checkpoint may have been told by an attempt of before. */
  private static boolean isRepeated(JsonNode event, JsonNode later) {
    return event.path("iteration").asInt() == later.path("iteration").asInt()
        && event.path("attempt").asInt() < later.path("attempt").asInt();
  }

  /** Of the model that was evaluated. */
  private static String weights(Path run, List<Experiments.Said> history) throws IOException {
    String checkpoint =
        history.stream()
            .filter(s -> s.type().equals("training.completed.v1"))
            .map(s -> s.data().path("checkpoint").asText())
            .findFirst()
            .orElse("");
    Path file = run.resolve(checkpoint).resolve("model.safetensors");
    return checkpoint.isEmpty() || !Files.exists(file) ? "none" : Sha256.of(file);
  }

  /** By name, but for the numbers of attempts and iterations in them. */
  private static List<String> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString().replaceAll("[0-9]+", "#"))
          .sorted()
          .distinct()
          .toList();
    }
  }

  /** In what this one is not as {@code expected}. */
  List<String> differencesFrom(RunOutcome expected) {
    return expected.facts().entrySet().stream()
        .filter(fact -> !Objects.equals(fact.getValue(), facts.get(fact.getKey())))
        .map(fact -> fact.getKey() + ": " + difference(fact.getValue(), facts.get(fact.getKey())))
        .toList();
  }

  /** Of long lists where they part. */
  private static String difference(Object expected, Object found) {
    if (expected instanceof List<?> some && found instanceof List<?> others) {
      int at = 0;
      while (at < Math.min(some.size(), others.size()) && some.get(at).equals(others.get(at))) {
        at++;
      }
      return "from %d of %d on expected %s, found %s of %d"
          .formatted(at, some.size(), from(some, at), from(others, at), others.size());
    }
    return "expected %s, found %s".formatted(expected, found);
  }

  private static List<?> from(List<?> all, int at) {
    return all.subList(at, Math.min(at + SHOWN, all.size()));
  }
}
