package org.medtransformers.plots.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.result.ArmCost;
import org.medtransformers.contracts.result.Calibration;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.Decision;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.plots.figure.Drawing;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Point;

/** What the figures of an experiment show, read back from their SVG and CSV. */
class ResultFiguresTest {
  private static final int LARGEST = 500_000;
  private static final String BLUE = "rgb(0,114,178)";

  private static Model model(int i) {
    return new Model("random", "model" + i);
  }

  private static PairedComparison test(int i, double low, double high, Decision decision) {
    return test(i, low, high, decision, 0.01);
  }

  private static PairedComparison test(
      int i, double low, double high, Decision decision, double rope) {
    return new PairedComparison(
        "eyes",
        "roc_auc",
        model(i),
        model(i + 1),
        3,
        50,
        null,
        new PairedComparison.Difference((low + high) / 2, low, high, Method.BCA, 0.01, 0.02, 1000),
        new PairedComparison.Claim(0.9, 0.1, rope, "image", 50, 0.1, null, List.of(), decision),
        List.of(),
        null);
  }

  @Test
  void theForestPlotHasIntervalsToScaleAndSaysWhatFollows() {
    Figure figure =
        ForestPlot.of(
            "differences",
            List.of(
                test(0, 0.1, 0.3, Decision.FIRST_BETTER), test(2, -0.2, 0.2, Decision.UNDECIDED)));
    Drawing drawing = Drawing.of(figure.svg());
    double[] better = drawing.longest(BLUE);
    double[] undecided = drawing.longest("rgb(122,122,122)");
    double unit = (undecided[1] - undecided[0]) / 0.4;
    assertEquals(0.2 * unit, better[1] - better[0], 1);
    assertEquals(0.1 * unit, better[1] - undecided[1], 1);
    assertTrue(drawing.texts().contains("0.200 [0.100, 0.300]: the first is better (n = 3 × 50)"));
    assertEquals("3 pairs of trainings × 50 test images", figure.n());
    assertTrue(figure.csv().contains("first_better,0.01,0.02,3,50,,\n"), figure.csv());
  }

  @Test
  void ofMarginsThatDifferTheForestPlotShowsTheOneThatHoldsForAllPairs() {
    Figure figure =
        ForestPlot.of(
            "differences",
            List.of(
                test(0, 0.1, 0.3, Decision.FIRST_BETTER, 0.05),
                test(2, -0.2, 0.2, Decision.UNDECIDED, 0.02)));
    assertTrue(
        figure.caption().contains("at most 0.02 count as none, of some pairs larger ones too"),
        figure.caption());
    assertTrue(Drawing.of(figure.svg()).texts().contains("practically equivalent: ±0.02"));
  }

  @Test
  void whatCannotBeComparedHasARowWithoutABar() {
    Figure figure =
        ForestPlot.of(
            "differences", List.of(test(0, Double.NaN, Double.NaN, Decision.INCOMPARABLE)));
    assertTrue(Drawing.of(figure.svg()).texts().contains("– [–, –]: not comparable (n = 3 × 50)"));
    assertFalse(figure.svg().contains("NaN"), figure.svg());
  }

  private static ArmCost cost(int i, double seconds) {
    return new ArmCost(
        "eyes",
        "random",
        "model" + i,
        new Machine("EPYC", 2, 2, 16L, null, null),
        10,
        10,
        1_000_000L,
        1_000_000_000L,
        new ArmCost.Training(1.0, 1.0, 0.0, seconds, null, null, null, null),
        1.0,
        null,
        null);
  }

  @Test
  void costsOfACrossValidationAreOfItsFolds() {
    ComparisonTable.Column folds =
        new ComparisonTable.Column("eyes", "roc_auc", false, List.of(), 5);
    ComparisonTable table = new ComparisonTable(List.of(folds), table(1, 2).rows());
    Figure figure = CostPlot.of("cost", table, 0, List.of(cost(0, 60))).orElseThrow();
    assertEquals("2 cross-validations per model", figure.n());
    assertTrue(figure.caption().contains("Times are of one training, that is of one fold"));
  }

  @Test
  void axesOfOneModelAloneSayHowMuch() {
    ComparisonTable table = table(1, 1);
    Cell single = new Cell(0.5, null, 1, 1, List.of(0.5));
    ComparisonTable one =
        new ComparisonTable(
            table.columns(), List.of(new ComparisonTable.Row("random", "model0", List.of(single))));
    List<String> texts =
        Drawing.of(CostPlot.of("cost", one, 0, List.of(cost(0, 60))).orElseThrow().svg()).texts();
    assertTrue(
        texts.containsAll(List.of("58", "60", "62", "0.48", "0.50", "0.52")), texts::toString);
  }

  /** Planned comparisons are of networks that take about as long. */
  @Test
  void costsThatAreNearlyEqualHaveTicksBetweenThem() {
    Figure figure =
        CostPlot.of("cost", table(2, 3), 0, List.of(cost(0, 52), cost(1, 68))).orElseThrow();
    List<String> texts = Drawing.of(figure.svg()).texts();
    assertTrue(texts.containsAll(List.of("55", "60", "65")), texts::toString);
  }

  private static ComparisonTable table(int models, int seeds) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      List<Double> values = IntStream.range(0, seeds).mapToObj(s -> 0.5 + s / 1000.0).toList();
      Cell cell = new Cell(values.get(seeds / 2), 0.02, seeds, seeds, values);
      rows.add(new ComparisonTable.Row("random", "model" + m, List.of(cell)));
    }
    ComparisonTable.Column column = new ComparisonTable.Column("eyes", "roc_auc", false, List.of());
    return new ComparisonTable(List.of(column), rows);
  }

  @Test
  void everySeedIsAPoint() {
    Figure figure = SeedsPlot.of("metric", table(1, 7), 0);
    // The median is one more.
    assertEquals(7 + 1, Drawing.of(figure.svg()).filled(BLUE));
    assertEquals(1 + 7, figure.csv().lines().count());
    assertTrue(figure.svg().length() < LARGEST);
  }

  @Test
  void threeHundredRunsArePictureEnough() {
    Figure figure = SeedsPlot.of("metric", table(100, 3), 0);
    assertTrue(figure.svg().length() < LARGEST, figure.svg().length() + " characters");
    assertTrue(figure.caption().contains("Of 100 models the first 30 are shown."));
    assertEquals(1 + 300, figure.csv().lines().count());
  }

  private static Arm arm(int i, int classes) {
    List<Point> curve =
        IntStream.rangeClosed(0, 100)
            .mapToObj(p -> new Point(p / 100.0, p / 123.0, p / 130.0, p / 117.0))
            .toList();
    List<Calibration.Bin> bins =
        IntStream.range(0, 15)
            .mapToObj(b -> new Calibration.Bin(b / 15.0, (b + 1) / 15.0, b, b / 15.0, b / 16.0))
            .toList();
    List<List<Long>> confusion =
        Collections.nCopies(classes, Collections.nCopies(classes, 12_345L + i));
    return new Arm(
        model(i),
        3,
        List.of(100_000, 100_000, 100_000),
        0.9,
        0.8,
        curve,
        curve,
        new Calibration(0.05, bins),
        confusion);
  }

  @Test
  void manyModelsAndClassesStayBelowHalfAMegabyte() {
    List<Arm> arms = IntStream.range(0, 100).mapToObj(i -> arm(i, 10)).toList();
    List<String> classes = IntStream.range(0, 10).mapToObj(c -> "class " + c).toList();
    List<Figure> figures = ArmFigures.of("", "eyes", classes, false, arms, 301);
    assertEquals(
        List.of("roc", "pr", "reliability", "confusion"),
        figures.stream().map(Figure::name).toList());
    for (Figure figure : figures) {
      int size = figure.svg().length();
      assertTrue(size < LARGEST, figure.name() + ": " + size);
      assertTrue(figure.caption().contains("Of 301 trainings that were planned, 300"));
    }
  }

  @Test
  void aMatrixOfTooManyClassesIsNotDrawn() {
    List<String> many = IntStream.range(0, 36).mapToObj(c -> "class " + c).toList();
    int size = ArmFigures.of("", "eyes", many, false, List.of(arm(0, 36)), 3).get(3).svg().length();
    assertTrue(size < LARGEST, size + " characters");
    List<String> classes = IntStream.range(0, 37).mapToObj(c -> "class " + c).toList();
    assertEquals(
        List.of("roc", "pr", "reliability"),
        ArmFigures.of("", "eyes", classes, false, List.of(arm(0, 37)), 3).stream()
            .map(Figure::name)
            .toList());
  }

  @Test
  void ranksHaveHalfTheCriticalDifferenceToEitherSide() {
    ModelRanks ranks =
        new ModelRanks(
            List.of("eyes", "skin"),
            List.of(
                new ModelRanks.Ranked(model(0), 1, List.of()),
                new ModelRanks.Ranked(model(1), 3, List.of())),
            4,
            1,
            0.1353,
            0.05,
            1.5,
            List.of(),
            List.of());
    Figure figure = RanksPlot.of(ranks);
    Drawing drawing = Drawing.of(figure.svg());
    assertTrue(
        String.join("", drawing.texts())
            .contains("Mean ranks over 2 data sets; Friedman: p = 0.1353, no difference is found"),
        drawing.texts()::toString);
    // From 0.25 to 3.75 with a twentieth of room to either side, over a plot of some 590.
    double[] bar = drawing.longest(BLUE);
    assertEquals(1.5 / (3.5 * 1.1) * 592, bar[1] - bar[0], 12);
    assertTrue(figure.csv().contains("model1,random,3.0,1.5,0.05,0.1353,2\n"), figure.csv());
  }

  @Test
  void whatHasNoNumberCanBeDrawn() {
    LabelEfficiency.Point none = new LabelEfficiency.Point(0.1, null, null);
    LabelEfficiency.Point nan =
        new LabelEfficiency.Point(1, 10.0, new Cell(Double.NaN, Double.NaN, 2, 2, List.of()));
    LabelEfficiency efficiency =
        new LabelEfficiency(
            "eyes",
            false,
            null,
            List.of(new LabelEfficiency.Curve("random", "model", List.of(none, nan))));
    Drawing.of(LabelEfficiencyPlot.of("label-efficiency", efficiency).svg());
    LearningRateSearch search =
        LearningRateSearch.of(
            "eyes",
            true,
            "model",
            "random",
            0,
            1,
            null,
            List.of(
                new LearningRateSearch.Point(1e-3, 0.5, 1e30, "a", RunState.SUCCEEDED, null),
                new LearningRateSearch.Point(
                    1e-2, Double.NaN, Double.NaN, "b", RunState.SUCCEEDED, null)));
    Drawing drawing = Drawing.of(SearchPlot.of("search", search).svg());
    assertTrue(drawing.texts().contains("diverged, no value"));
    assertFalse(drawing.texts().contains("not finished, no value"));
  }
}
