package org.medtransformers.gateway.figure;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.gateway.comparison.Compared;
import org.medtransformers.gateway.comparison.PredictionFiles;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.result.Arm;
import org.medtransformers.plots.result.ArmFigures;
import org.medtransformers.plots.result.CostPlot;
import org.medtransformers.plots.result.ForestPlot;
import org.medtransformers.plots.result.LabelEfficiencyPlot;
import org.medtransformers.plots.result.RanksPlot;
import org.medtransformers.plots.result.SeedsPlot;
import org.medtransformers.service.database.Database;

/**
 * The figures of an experiment. Where it has several data sets, each has its own, numbered by the
 * columns of the table.
 */
@Singleton
final class ExperimentFigures {
  private final PredictionFiles files;
  private final Database database;

  ExperimentFigures(PredictionFiles files, Database database) {
    this.files = files;
    this.database = database;
  }

  /**
   * @param complete whether the predictions of all evaluated runs could be read
   */
  record Drawn(List<Figure> figures, boolean complete) {}

  /**
   * Those for which there are numbers. Predictions and histories are read run by run.
   *
   * @param runs that are compared
   */
  Drawn of(ExperimentComparison comparison, List<Compared> runs) {
    List<Figure> figures = new ArrayList<>();
    boolean complete = true;
    ComparisonTable table = comparison.table();
    for (int column = 0; column < table.columns().size(); column++) {
      String suffix = suffix(column, table.columns().size());
      figures.addAll(compared(comparison, column, suffix));
      Drawn own = trained(runs, table.columns().get(column).dataset(), suffix);
      figures.addAll(own.figures());
      complete &= own.complete();
    }
    figures.addAll(across(comparison));
    return new Drawn(List.copyOf(figures), complete);
  }

  private static String suffix(int number, int of) {
    return of == 1 ? "" : "-" + (number + 1);
  }

  private static List<Figure> compared(ExperimentComparison comparison, int column, String suffix) {
    List<Figure> figures = new ArrayList<>();
    ComparisonTable table = comparison.table();
    String dataset = table.columns().get(column).dataset();
    List<PairedComparison> tests =
        comparison.tests().stream().filter(test -> test.dataset().equals(dataset)).toList();
    if (!tests.isEmpty()) {
      figures.add(ForestPlot.of("differences" + suffix, tests));
    }
    if (table.rows().stream().anyMatch(row -> SeedsPlot.known(row.cells().get(column)))) {
      figures.add(SeedsPlot.of("metric" + suffix, table, column));
    }
    CostPlot.of("cost" + suffix, table, column, comparison.costs()).ifPresent(figures::add);
    return figures;
  }

  private static List<Figure> across(ExperimentComparison comparison) {
    List<Figure> figures = new ArrayList<>();
    int sets = comparison.labelEfficiency().size();
    IntStream.range(0, sets)
        .mapToObj(
            i ->
                LabelEfficiencyPlot.of(
                    "label-efficiency" + suffix(i, sets), comparison.labelEfficiency().get(i)))
        .forEach(figures::add);
    Optional.ofNullable(comparison.ranks()).map(RanksPlot::of).ifPresent(figures::add);
    return figures;
  }

  private Drawn trained(List<Compared> runs, String dataset, String suffix) {
    List<Compared> planned = runs.stream().filter(r -> r.dataset().equals(dataset)).toList();
    List<List<Compared>> evaluated = models(planned.stream().filter(Compared::evaluated));
    if (evaluated.isEmpty()) {
      return new Drawn(List.of(), true);
    }
    DatasetDescription data = evaluated.get(0).get(0).run().prepared.description();
    List<Arm> arms = evaluated.stream().flatMap(own -> arm(own, data).stream()).toList();
    List<Figure> figures =
        new ArrayList<>(
            ArmFigures.of(
                suffix, dataset, data.classes(), data.task() == Task.BINARY, arms, planned.size()));
    List<List<TrainingFigures.Told>> told = evaluated.stream().map(this::told).toList();
    TrainingFigures.ofModels(suffix, dataset, evaluated, told).ifPresent(figures::add);
    int read = arms.stream().mapToInt(Arm::trainings).sum();
    return new Drawn(figures, read == evaluated.stream().mapToInt(List::size).sum());
  }

  /** In the order in which they first appear. */
  private static List<List<Compared>> models(Stream<Compared> runs) {
    Map<PairedComparison.Model, List<Compared>> byModel =
        runs.collect(
            Collectors.groupingBy(Compared::model, LinkedHashMap::new, Collectors.toList()));
    return List.copyOf(byModel.values());
  }

  private Optional<Arm> arm(List<Compared> runs, DatasetDescription data) {
    Arms together = new Arms(runs.get(0).model(), data.task(), data.classes());
    runs.forEach(run -> files.outcomes(run).ifPresent(together::add));
    return together.together();
  }

  private List<TrainingFigures.Told> told(List<Compared> runs) {
    return runs.stream()
        .map(run -> database.inTransaction(() -> TrainingFigures.sampled(run.run())))
        .toList();
  }
}
