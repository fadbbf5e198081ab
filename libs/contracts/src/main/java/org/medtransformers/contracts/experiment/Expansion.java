package org.medtransformers.contracts.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.config.Overrides;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.experiment.ExperimentFile.Entry;
import org.medtransformers.contracts.experiment.ExperimentFile.Header;

/**
 * The product of the matrix's axes, each point repeated with its own seed; where a learning rate is
 * searched, each point is tried with every rate.
 */
final class Expansion {
  /** All runs of an experiment are in the gateway's memory at once while it is accepted. */
  private static final int MAX_RUNS = 1000;

  private static final ObjectRule RUN = RunSchema.run();

  private final ObjectNode base;
  private final Header header;
  private final Findings findings;

  Expansion(ObjectNode base, Header header, Findings findings) {
    this.base = base;
    this.header = header;
    this.findings = findings;
  }

  /** A point of the matrix: its labels and the resolved run file; null where it is wrong. */
  private record Point(List<String> labels, JsonNode config, RunConfig run) {
    /** Row and column of the comparison. */
    String cell() {
      return run.dataset().dataset()
          + "|"
          + run.model().backbone().label()
          + "|"
          + initialisation();
    }

    /** How the run begins, and what it is trained with where that is not labels. */
    String initialisation() {
      return run.medtrans().supervised()
          ? start()
          : start() + " + " + run.medtrans().method() + ", kNN";
    }

    private String start() {
      if (run.training().restores()) {
        return "restored (" + run.training().modelName() + ")";
      }
      if (run.transfers()) {
        return "transfer (" + run.transfer().label() + ")";
      }
      if (!run.model().pretrained()) {
        return "random";
      }
      String file = run.medtrans().weightsFile();
      return file == null
          ? "ImageNet (" + run.model().transformer().pretrainedType() + ")"
          : file.substring(file.lastIndexOf('/') + 1);
    }
  }

  /** The runs, repetitions innermost; empty if there are findings. */
  List<PlannedRun> runs() {
    long count = header.repetitions();
    for (List<Entry> axis : header.matrix()) {
      count *= axis.size();
      if (axis.stream().map(Entry::label).distinct().count() < axis.size()) {
        findings.invalid("experiment.matrix", "the labels of one axis must differ");
        return List.of();
      }
      if (count > MAX_RUNS) {
        findings.invalid("experiment.matrix", "more than " + MAX_RUNS + " runs");
        return List.of();
      }
    }
    List<Point> points = new ArrayList<>();
    collect(0, base, List.of(), points);
    if (findings.hasErrors()) {
      return List.of();
    }
    if (searched(points) > MAX_RUNS) {
      findings.invalid(
          "lr_finder.grid_search_params.resolution",
          "with matrix and repetitions %d runs, allowed: %d".formatted(searched(points), MAX_RUNS));
      return List.of();
    }
    Map<String, Set<List<String>>> byCell = new HashMap<>();
    points.forEach(
        p -> byCell.computeIfAbsent(p.cell(), c -> new LinkedHashSet<>()).add(p.labels()));
    List<PlannedRun> runs = new ArrayList<>();
    points.forEach(point -> plan(point, initialisation(point, byCell.get(point.cell())), runs));
    return List.copyOf(runs);
  }

  /** Runs that {@code points} make with their learning rates and repetitions. */
  private long searched(List<Point> points) {
    return header.repetitions()
        * points.stream()
            .mapToLong(p -> LearningRateFinder.of(p.config()).map(s -> s.resolution()).orElse(1))
            .sum();
  }

  private void collect(int axis, ObjectNode document, List<String> labels, List<Point> points) {
    if (axis == header.matrix().size()) {
      resolve(document, labels, points);
      return;
    }
    List<Entry> entries = header.matrix().get(axis);
    for (int i = 0; i < entries.size(); i++) {
      ObjectNode changed = document.deepCopy();
      String where = "experiment.matrix[%d][%d].set".formatted(axis, i);
      entries
          .get(i)
          .set()
          .properties()
          .forEach(e -> apply(changed, e.getKey(), e.getValue(), where));
      List<String> extended = new ArrayList<>(labels);
      extended.add(entries.get(i).label());
      collect(axis + 1, changed, List.copyOf(extended), points);
    }
  }

  private void apply(ObjectNode document, String path, JsonNode value, String where) {
    try {
      Overrides.set(document, path, value);
    } catch (IllegalArgumentException e) {
      findings.invalid(where, e.getMessage());
    }
  }

  private void resolve(ObjectNode document, List<String> labels, List<Point> points) {
    Findings own = new Findings();
    JsonNode config = RUN.resolve("", document, own, false);
    if (!own.hasErrors()) {
      name((ObjectNode) config.path("training_params"), config);
      List<String> trainingViews = TrainingViews.resolve((ObjectNode) config, own);
      RunConfig run = Json.convert(config, RunConfig.class);
      RunChecks.check(run, config, own);
      ViewChecks.check(run, trainingViews, own);
      points.add(new Point(labels, config, run));
    }
    findings.addAll(own);
  }

  private static void name(ObjectNode training, JsonNode config) {
    if (!training.has("model_name")) {
      String dataset = config.path("dataset_params").path("dataset").asText();
      training.put(
          "model_name", dataset + "_" + config.path("model_params").path("backbone_type").asText());
    }
  }

  /** The row of the comparison: how {@code point} starts, and what else sets it apart. */
  private static String initialisation(Point point, Set<List<String>> sharingTheCell) {
    return sharingTheCell.size() == 1
        ? point.initialisation()
        : point.initialisation()
            + " ("
            + String.join(", ", distinguishing(point.labels(), sharingTheCell))
            + ")";
  }

  private void plan(Point point, String initialisation, List<PlannedRun> runs) {
    Optional<LearningRateFinder> search = LearningRateFinder.of(point.config());
    if (search.isEmpty()) {
      repeat(point, initialisation, null, point.config(), runs);
      return;
    }
    for (double rate : search.get().rates(header.seed())) {
      repeat(point, initialisation, rate, search.get().trial(point.config(), rate), runs);
    }
  }

  /**
   * @param rate the learning rate that is tried, or null
   */
  private void repeat(
      Point point, String initialisation, Double rate, JsonNode config, List<PlannedRun> runs) {
    List<String> labels = new ArrayList<>(point.labels());
    if (rate != null) {
      labels.add("lr " + LearningRateGrid.text(rate));
    }
    String sha = Sha256.of(Json.write(config).getBytes(StandardCharsets.UTF_8));
    for (int r = 0; r < header.repetitions(); r++) {
      runs.add(
          new PlannedRun(
              point.run().dataset().dataset(),
              point.run().model().backbone().label(),
              initialisation,
              List.copyOf(labels),
              r,
              header.seed() + r,
              rate,
              config,
              sha));
    }
  }

  /**
   * The labels in which the points of one cell differ: runs of different settings are not mixed.
   */
  private static List<String> distinguishing(List<String> labels, Set<List<String>> all) {
    List<String> result = new ArrayList<>();
    for (int axis = 0; axis < labels.size(); axis++) {
      int position = axis;
      if (all.stream().map(other -> other.get(position)).distinct().count() > 1) {
        result.add(labels.get(axis));
      }
    }
    return result;
  }
}
