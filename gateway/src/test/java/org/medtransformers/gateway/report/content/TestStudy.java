package org.medtransformers.gateway.report.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.cost.InferenceCost;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.cost.Pace;
import org.medtransformers.contracts.cost.Resources;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.experiment.Experiment;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.gateway.comparison.Comparison;
import org.medtransformers.gateway.comparison.Comparisons;
import org.medtransformers.gateway.comparison.LabelEfficiencies;
import org.medtransformers.gateway.comparison.Searches;
import org.medtransformers.gateway.document.Block.Figure;
import org.medtransformers.gateway.document.Block.Picture;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunTimes;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.report.content.Study.Trained;
import org.medtransformers.statistics.Classification;
import org.medtransformers.statistics.EvaluatedRun;
import org.medtransformers.statistics.PairedComparisons;
import org.medtransformers.statistics.PredictedImage;

/**
 * An experiment whose runs have ended with made-up predictions, from which all numbers follow by
 * the code that makes them elsewhere. What a test is about is changed in its parts.
 */
final class TestStudy {
  static final Machine MACHINE = new Machine("EPYC", 2, 2, 16L, null, null);

  List<String> classes = List.of("No DR", "Mild", "Moderate");
  boolean synthetic;
  SplitSizes sizes = new SplitSizes(210, 60, 60);
  Integer leaking = 0;
  int skipped;
  int patients = 60;
  Study.Copies copies = new Study.Copies(new Study.Duplicates(0, 0, 0, 0), null);
  List<Integer> trainingCounts = List.of(70, 70, 70);
  List<Figure> figures = List.of();
  List<Picture> examples = List.of();

  /** Of networks that have their own. */
  Map<String, Double> ropes = Map.of();

  ExperimentState state = ExperimentState.SUCCEEDED;
  UnaryOperator<Machine> machines = machine -> machine;

  /** That trainings took. */
  ToDoubleFunction<RunEntity> seconds = run -> 15;

  /** Of each class in turn. */
  List<Integer> labels = IntStream.range(0, 60).mapToObj(i -> i % 3).toList();

  private final ObjectNode document;

  TestStudy(ObjectNode document) {
    this.document = document;
  }

  /** Two networks on one data set, with so many seeds. */
  static TestStudy comparison(int repetitions) {
    return new TestStudy(
        Documents.with(Documents.comparison("demo"), "experiment.repetitions", repetitions));
  }

  TestStudy with(String path, Object value) {
    Documents.with(document, path, value);
    return this;
  }

  ObjectNode document() {
    return document;
  }

  /** All of it, every run having succeeded. */
  Study study() {
    return study(run -> RunState.SUCCEEDED);
  }

  /** Where {@code states} tells how each run stands. */
  Study study(Function<RunEntity, RunState> states) {
    Experiment experiment = ExperimentFile.read(document);
    List<RunEntity> runs = new ArrayList<>();
    for (PlannedRun planned : experiment.runs()) {
      RunEntity run = run(planned, runs);
      runs.add(run);
      run.state = states.apply(run);
      if (run.state == RunState.SUCCEEDED) {
        end(run);
      }
    }
    return study(experiment, runs);
  }

  private Study study(Experiment experiment, List<RunEntity> runs) {
    Summary summary =
        new Summary(
            new UUID(0, 7).toString(),
            experiment.name(),
            state,
            Instant.parse("2026-01-02T03:04:05Z"));
    Function<RunEntity, String> headings = Comparisons.headings(runs);
    List<Trained> trained =
        runs.stream()
            .map(
                run ->
                    new Trained(
                        run,
                        headings.apply(run),
                        run.testMetrics == null ? null : results(run),
                        null,
                        run.checkpoint == null ? null : "ab".repeat(32)))
            .toList();
    return new Study(
        summary,
        state == ExperimentState.RUNNING ? null : Instant.parse("2026-01-02T04:00:00Z"),
        Json.write(document),
        experiment.notices(),
        comparison(summary, trained),
        Searches.of(runs),
        trained,
        Map.of(
            "0123456789abcdef",
            new Study.Images(
                Map.of(
                    Split.TRAIN,
                    trainingCounts,
                    Split.VAL,
                    List.of(20, 20, 20),
                    Split.TEST,
                    counts()),
                copies,
                examples,
                null)),
        figures,
        "1.2.3");
  }

  private List<Integer> counts() {
    return IntStream.range(0, classes.size())
        .mapToObj(c -> (int) labels.stream().filter(l -> l == c).count())
        .toList();
  }

  private ExperimentComparison comparison(Summary summary, List<Trained> trained) {
    List<RunEntity> runs = trained.stream().map(Trained::run).toList();
    var table = Comparison.of(runs);
    Map<String, List<Trained>> byDataset =
        trained.stream()
            .filter(t -> t.compared() && t.evaluated() && !DataTraits.crossValidated(t))
            .collect(Collectors.groupingBy(Trained::dataset));
    List<PairedComparisons.Outcome> outcomes =
        byDataset.entrySet().stream()
            .map(
                own ->
                    PairedComparisons.of(
                        own.getValue().stream().map(this::evaluated).toList(),
                        new PairedComparisons.Terms(classes, this::rope)))
            .toList();
    List<PairedComparison> tests =
        PairedComparisons.corrected(outcomes.stream().flatMap(o -> o.tests().stream()).toList());
    return new ExperimentComparison(
        List.of(summary),
        table,
        tests,
        outcomes.stream().flatMap(o -> o.measured().verdict(tests).stream()).toList(),
        null,
        LabelEfficiencies.of(runs, table),
        List.of(),
        List.of());
  }

  private double rope(Model model) {
    double all = document.at("/medtrans/comparison/rope").asDouble(0.01);
    return ropes.getOrDefault(model.backbone(), all);
  }

  private EvaluatedRun evaluated(Trained trained) {
    return EvaluatedRun.of(
        trained.dataset(),
        TargetMetric.COHEN_KAPPA,
        Task.MULTI_CLASS,
        new Model(trained.run().initialisation, trained.run().backbone),
        trained.run().seed,
        predictions(trained.run()));
  }

  /** The first network has five images in six right, others two in three, each seed other ones. */
  List<PredictedImage> predictions(RunEntity run) {
    int wrong = run.backbone.equals("resnet18") ? 6 : 3;
    return IntStream.range(0, labels.size())
        .mapToObj(
            i -> {
              int label = labels.get(i);
              int said = (i + run.seed) % wrong == 0 ? (label + 1) % classes.size() : label;
              return new PredictedImage(
                  "image" + i,
                  leaking == null ? "" : "patient " + i % patients,
                  List.of(label),
                  List.of(said),
                  IntStream.range(0, classes.size())
                      .mapToObj(c -> c == said ? 0.9 : 0.1 / (classes.size() - 1))
                      .toList());
            })
        .toList();
  }

  private static RunEntity run(PlannedRun planned, List<RunEntity> before) {
    RunEntity run = new RunEntity();
    run.id = new UUID(1, before.size());
    run.experimentId = new UUID(0, 7);
    run.position = before.size();
    run.dataset = planned.dataset();
    run.backbone = planned.backbone();
    run.initialisation = planned.initialisation();
    run.labels = planned.labels();
    run.repetition = planned.repetition();
    run.seed = planned.seed();
    run.learningRate = planned.learningRate();
    run.phase = planned.phase().number();
    run.lastPhase = planned.phase().last();
    run.sourceRunId = planned.follows() == null ? null : before.get(planned.follows()).id;
    run.file(planned.file());
    run.notices = List.of();
    run.times = new RunTimes();
    return run;
  }

  private void end(RunEntity run) {
    run.prepared =
        new PreparedDataset(
            "0123456789abcdef",
            new DatasetDescription(
                run.dataset,
                classes,
                Task.MULTI_CLASS,
                3,
                List.of(0.5, 0.5, 0.5),
                List.of(0.2, 0.2, 0.2),
                TargetMetric.COHEN_KAPPA,
                synthetic),
            sizes,
            leaking,
            new UsedSplit(
                run.file().config().medtrans().split().kind().label(),
                "cd".repeat(32),
                "data",
                "held out",
                run.file().config().trainFraction() == 1
                    ? null
                    : run.file().config().trainFraction()),
            skipped,
            List.of());
    run.checkpoint = "runs/%s/checkpoints/best".formatted(run.id);
    List<PredictedImage> predictions = predictions(run);
    run.valMetrics =
        Classification.multiClass(
            predictions.stream().mapToInt(p -> p.classes().get(0)).toArray(),
            predictions.stream().mapToInt(p -> p.prediction().get(0)).toArray(),
            classes.size(),
            0.5);
    run.testMetrics = run.lastPhase && run.learningRate == null ? run.valMetrics : null;
    Machine machine = machines.apply(MACHINE);
    run.costs =
        new RunCosts(
            List.of(
                new TrainingCost(
                    machine,
                    1,
                    20,
                    10,
                    seconds.applyAsDouble(run),
                    new Pace(80, 10, 5, 1),
                    Resources.UNKNOWN)),
            new InferenceCost(
                machine, 5_000_000, 1_250_000_000, new Pace(30, 3, 2, 0.5), Resources.UNKNOWN));
  }

  private EvaluationResults results(RunEntity run) {
    int units = leaking == null ? labels.size() : Math.min(patients, labels.size());
    List<Integer> counts = counts();
    return new EvaluationResults(
        null,
        run.testMetrics,
        null,
        new Intervals(
            0.95,
            1000,
            leaking == null ? "image" : "group",
            units,
            List.of(),
            Map.of(
                "cohen_kappa",
                new Intervals.Interval(0.51234, 0.87654, 1000, Intervals.Method.BCA))),
        IntStream.range(0, classes.size())
            .mapToObj(c -> new ClassMetrics(classes.get(c), counts.get(c), 0.5, 0.5, 0.5, 0.5, 0.5))
            .toList(),
        null,
        null,
        List.of(),
        null,
        null,
        List.of());
  }
}
