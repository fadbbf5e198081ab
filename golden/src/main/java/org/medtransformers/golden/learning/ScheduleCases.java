package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.schedule.Position;
import org.medtransformers.learning.schedule.Schedule;
import org.medtransformers.learning.schedule.Validation;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/** Group {@code schedules}: learning rate and momentum, iteration by iteration. */
record ScheduleCases() implements CaseRunner {
  private static final Set<String> KEYS = Set.of("config", "tolerance", "expected");

  /** Iterations that are followed. */
  private static final int MANY = 1_000_000;

  /**
   * What the schedule does over a training.
   *
   * @param positions before the first iteration and after each
   * @param seen the validation that the schedule was told of after each iteration
   */
  private record Course(List<Position> positions, List<Validation> seen) {
    double[] learningRates() {
      return positions.stream().skip(1).mapToDouble(Position::lr).toArray();
    }

    double[] momenta() {
      return positions.stream().skip(1).mapToDouble(Position::momentum).toArray();
    }
  }

  @Override
  public String group() {
    return "schedules";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(golden, comparison -> check(golden.read(KEYS), comparison));
  }

  private static void check(JsonNode golden, Comparison comparison) {
    JsonNode config = golden.path("config");
    Section expected = comparison.section("expected", golden.path("expected"));
    Tolerance tolerance = Tolerance.of(golden.path("tolerance"), "tolerance");
    JsonNode error = expected.take("error");
    if (!error.isNull() && !error.isMissingNode()) {
      comparison.equal("refused, as the reference fails", true, isRefused(config));
      return;
    }
    Course course = course(config);
    Position start = course.positions().get(0);
    for (String key : expected.keys()) {
      switch (key) {
        case "lr_initial" -> expected.compare(key, start.lr(), tolerance);
        case "lr_after_iteration" -> expected.compare(key, course.learningRates(), tolerance);
        case "momentum_or_beta1_initial" -> expected.compare(key, start.momentum(), tolerance);
        case "momentum_or_beta1_after_iteration" ->
            expected.compare(key, course.momenta(), tolerance);
        // Both groups of parameters, with and without decay, have the one learning rate.
        case "lr_group1_equal" -> comparison.equal(key, expected.take(key).asBoolean(), true);
        case "metric_seen_by_scheduler" -> checkSeen(expected.take(key), course, comparison);
        default -> {}
      }
    }
  }

  private static void checkSeen(JsonNode rows, Course course, Comparison comparison) {
    for (int i = 0; i < rows.size(); i++) {
      String path = "expected.metric_seen_by_scheduler[" + i + "]";
      Section row = comparison.section(path, rows.get(i));
      int iteration = Numbers.whole(row.take("iteration"), path, 1, course.seen().size()) - 1;
      Validation seen = course.seen().get(iteration);
      row.compare("val_acc", seen.metric(), Tolerance.EXACT);
      row.compare("val_loss", seen.loss(), Tolerance.EXACT);
    }
  }

  private static Course course(JsonNode config) {
    int stepsPerEpoch = stepsPerEpoch(config);
    int iterations = stepsPerEpoch * epochs(config);
    Schedule schedule = schedule(config);
    Course course = new Course(new ArrayList<>(List.of(schedule.start())), new ArrayList<>());
    Validation seen = Validation.NONE;
    for (int i = 1; i <= iterations; i++) {
      course.positions().add(schedule.next(course.positions().get(i - 1), seen));
      course.seen().add(seen);
      JsonNode validation = config.path("val").path(i / stepsPerEpoch - 1);
      if (i % stepsPerEpoch == 0 && !validation.isMissingNode()) {
        double[] metricAndLoss = Numbers.of(validation, "config.val");
        seen = new Validation(metricAndLoss[0], metricAndLoss[1]);
      }
    }
    return course;
  }

  private static boolean isRefused(JsonNode config) {
    try {
      schedule(config);
      return false;
    } catch (MedtransException e) {
      return true;
    }
  }

  private static Schedule schedule(JsonNode config) {
    List<SchedulerType> types = new ArrayList<>();
    JsonNode type = config.path("type");
    (type.isArray() ? type : List.of(type))
        .forEach(
            t -> {
              if (t.isTextual()) {
                types.add(Choices.read(t, "config.type", SchedulerType.class));
              }
            });
    Map<SchedulerType, JsonNode> params = new EnumMap<>(SchedulerType.class);
    config
        .path("params")
        .properties()
        .forEach(
            p ->
                params.put(
                    Choices.read(
                        TextNode.valueOf(p.getKey()), "config.params", SchedulerType.class),
                    p.getValue()));
    return Schedule.of(
        new RunConfig.Scheduler(types, params),
        OptimizerCases.optimizer(config.path("optimizer")),
        stepsPerEpoch(config),
        epochs(config));
  }

  private static int stepsPerEpoch(JsonNode config) {
    return Numbers.whole(config.path("steps_per_epoch"), "config.steps_per_epoch", 1, MANY);
  }

  private static int epochs(JsonNode config) {
    return Numbers.whole(config.path("epochs"), "config.epochs", 1, MANY / stepsPerEpoch(config));
  }
}
