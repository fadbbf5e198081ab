package org.medtransformers.gateway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ArmCost;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.ColumnSplit;
import org.medtransformers.contracts.result.ComparisonTable.Folds;
import org.medtransformers.contracts.result.ComparisonTable.Row;
import org.medtransformers.contracts.result.DatasetVerdict;
import org.medtransformers.contracts.result.Decision;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Curve;
import org.medtransformers.contracts.result.LabelEfficiency.Point;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.ModelRanks.Ranked;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.AcrossFolds;
import org.medtransformers.contracts.result.PairedComparison.Claim;
import org.medtransformers.contracts.result.PairedComparison.Difference;
import org.medtransformers.contracts.result.PairedComparison.McNemarResult;
import org.medtransformers.contracts.result.PairedComparison.Model;

class ReportFormatTest {
  private static final ExperimentComparison COMPARISON =
      new ExperimentComparison(
          List.of(
              new Summary(
                  "e1", "a_b", ExperimentState.SUCCEEDED, Instant.parse("2026-01-02T03:04:05Z"))),
          new ComparisonTable(
              List.of(
                  new Column(
                      "APTOS2019",
                      "cohen_kappa",
                      false,
                      List.of(new ColumnSplit("grouped", "0123456789abcdef", 0)))),
              List.of(
                  new Row(
                      "random",
                      "resnet18",
                      List.of(new Cell(0.8125, 0.25, 2, 2, List.of(0.75, 0.875)))),
                  new Row("50 % | less", "resnet18", Collections.singletonList(null)))),
          List.of(
              new PairedComparison(
                  "APTOS2019",
                  "cohen_kappa",
                  new Model("random", "deit_tiny"),
                  new Model("random", "resnet18"),
                  2,
                  31,
                  28,
                  new Difference(-0.0125, -0.0625, 0.03125, Method.PERCENTILE, 0.25, 0.75, 9_999),
                  new Claim(
                      0.25,
                      0.4375,
                      0.02,
                      "group",
                      28,
                      0.0234375,
                      1_234L,
                      List.of("28 groups, fewer than 30", "3 images of ill, fewer than 5"),
                      Decision.UNDECIDED),
                  List.of(
                      new McNemarResult(null, 0, 3, 0, true, 0.25, 0.5),
                      new McNemarResult(null, 1, 7, 93, false, 1.9e-17, 3.8e-17)),
                  null)),
          List.of(
              new DatasetVerdict(
                  "APTOS2019",
                  "cohen_kappa",
                  new Model("random", "resnet18"),
                  "APTOS2019: undecided [50 %].")),
          new ModelRanks(
              List.of("APTOS2019", "DDSM"),
              List.of(
                  new Ranked(new Model("random", "resnet18"), 1, List.of(0.9, 0.8)),
                  new Ranked(new Model("random", "deit_tiny"), 2.25, List.of(0.8, 0.7)),
                  new Ranked(new Model("ImageNet", "resnet18"), 2.75, List.of(0.7, 0.6))),
              3.5,
              2,
              0.173774,
              0.05,
              2.343701,
              List.of(List.of(1.0, 0.5, 0.25), List.of(0.5, 1.0, 0.75), List.of(0.25, 0.75, 1.0)),
              List.of(List.of(0, 1), List.of(1, 2))),
          List.of(
              new LabelEfficiency(
                  "APTOS2019",
                  false,
                  "cohen_kappa",
                  List.of(
                      new Curve(
                          "random",
                          "resnet18",
                          List.of(
                              new Point(0.025, 65.4, null),
                              new Point(1, 2616.0, new Cell(0.8125, 0.25, 2, 3, List.of()))))))),
          List.of(
              new ArmCost(
                  "APTOS2019",
                  "random",
                  "resnet18",
                  new Machine("EPYC", 2, 2, 16L, null, null),
                  2,
                  2,
                  11_177_025L,
                  1_814_000_000L,
                  new ArmCost.Training(61.25, 43.5, 0.125, 130.5, 3L << 30, null, 1800.0, null),
                  150.25,
                  1L << 30,
                  null),
              new ArmCost(
                  "APTOS2019",
                  "random",
                  "resnet18",
                  new Machine("Xeon", 16, 8, null, "NVIDIA H200", 140L),
                  0,
                  1,
                  11_177_025L,
                  1_814_000_000L,
                  null,
                  2500.0,
                  null,
                  1L << 29)),
          List.of("DDSM: nothing"));

  private static void assertHas(String text, String part) {
    assertTrue(text.contains(part), () -> "no «" + part + "» in\n" + text);
  }

  @Test
  void textIsAligned() {
    String text = ReportFormat.TEXT.render(COMPARISON);
    assertTrue(text.startsWith("a_b: test split, median ± standard deviation (n)\n\n"), text);
    assertHas(text, "\nrandom          resnet18  0.813 ± 0.250 (2)\n");
    assertHas(text, "\nAPTOS2019 split: grouped 0123456789ab, no group in two parts\n");
    assertHas(
        text,
        """

        APTOS2019: undecided [50 %].

        comparison                    difference [95 % interval]  P(better)  P(equivalent)  p       p (Holm)  for 80 % power
        deit_tiny − resnet18, random  −0.013 [−0.063, 0.031]p*    0.250      0.438 (±0.02)  0.2500  0.7500    1,234 groups

        comparison                    repetitions × images  McNemar
        deit_tiny − resnet18, random  2 × 31 of 28 groups   3:0 p 0.2500; 7:93 p < 0.0001
        """);
    assertHas(
        text,
        "\n* not to be relied on: APTOS2019: 28 groups, fewer than 30, 3 images of ill, fewer than"
            + " 5\n");
    assertHas(text, "\nDDSM: nothing\n");
  }

  @Test
  void markdownEscapesWhatWouldEndACell() {
    String text = ReportFormat.MARKDOWN.render(COMPARISON);
    assertHas(
        text,
        """

        | initialisation | model | APTOS2019 cohen\\_kappa |
        | --- | --- | --- |
        | random | resnet18 | 0.813 ± 0.250 (2) |
        | 50 % \\| less | resnet18 | – |
        """);
    assertHas(text, "| deit\\_tiny − resnet18, random | −0.013 \\[−0.063, 0.031\\]p\\* | 0.250 |");
  }

  @Test
  void latexIsBooktabsWithItsSpecialCharactersEscaped() {
    String text = ReportFormat.LATEX.render(COMPARISON);
    assertHas(
        text,
        """
        \\begin{tabular}{lll}
        \\toprule
        initialisation & model & APTOS2019 cohen\\_kappa \\\\
        \\midrule
        random & resnet18 & 0.813 $\\pm$ 0.250 (2) \\\\
        50 \\% | less & resnet18 & -- \\\\
        \\bottomrule
        \\end{tabular}
        """);
    assertHas(text, "deit\\_tiny $-$ resnet18, random & $-$0.013 {[}$-$0.063, 0.031{]}p* & 0.250");
    assertHas(text, "\n\nAPTOS2019: undecided {[}50 \\%{]}.\n\n\\begin{tabular}{lllllll}");
    assertHas(text, "$<$ 0.0001");
  }

  @Test
  void csvHasNumbersInFull() {
    assertEquals(
        """
        initialisation,model,dataset,metric,median,std,n,planned,folds,pooled,low,high,images,\
        groups,folds_evaluated,folds_at_hand,folds_mean,folds_std
        random,resnet18,APTOS2019,cohen_kappa,0.8125,0.25,2,2,,,,,,,,,,
        """,
        ReportFormat.CSV.render(COMPARISON));
    assertHas(
        ReportFormat.CSV_TESTS.render(COMPARISON),
        "\nAPTOS2019,cohen_kappa,random,deit_tiny,random,resnet18,2,31,28,"
            + "-0.0125,-0.0625,0.03125,0.25,0.75,,,,,,,percentile,9999,0.25,0.4375,0.02,group,28,"
            + "0.0234375,1234,\"28 groups, fewer than 30; 3 images of ill, fewer than 5\","
            + "undecided\n");
    assertEquals(
        """
        dataset,metric,best_initialisation,best_model,verdict
        APTOS2019,cohen_kappa,random,resnet18,"APTOS2019: undecided [50 %]."
        """,
        ReportFormat.CSV_VERDICTS.render(COMPARISON));
  }

  @Test
  void ranksAreToldInEveryForm() {
    String text = ReportFormat.TEXT.render(COMPARISON);
    assertHas(
        text,
        """

        Ranks over 2 data sets (APTOS2019, DDSM): Friedman's χ² 3.50 (2), p 0.1738; critical \
        difference 2.34 (Nemenyi, 5 %); no difference is found, so the ranks are no order.

        mean rank  initialisation  model      not told apart
        1.00       random          resnet18   a
        2.25       random          deit_tiny  ab
        2.75       ImageNet        resnet18   b
        """);
    assertHas(text, "with 2 and 3 a difference that is there is rarely found.\n");
    assertHas(ReportFormat.MARKDOWN.render(COMPARISON), "| 2.25 | random | deit\\_tiny | ab |");
    String latex = ReportFormat.LATEX.render(COMPARISON);
    assertHas(latex, "Friedman's $\\chi$$^2$ 3.50 (2), p 0.1738");
    assertHas(latex, "2.25 & random & deit\\_tiny & ab");
    assertEquals(
        """
        initialisation,model,mean_rank,datasets,models,friedman_chi_square,friedman_df,friedman_p,\
        alpha,critical_difference,nemenyi_p_1,nemenyi_p_2,nemenyi_p_3
        random,resnet18,1.0,2,3,3.5,2,0.173774,0.05,2.343701,1.0,0.5,0.25
        random,deit_tiny,2.25,2,3,3.5,2,0.173774,0.05,2.343701,0.5,1.0,0.75
        ImageNet,resnet18,2.75,2,3,3.5,2,0.173774,0.05,2.343701,0.25,0.75,1.0
        """,
        ReportFormat.CSV_RANKS.render(COMPARISON));
    assertEquals(1, ReportFormat.CSV_RANKS.render(FOLDED).lines().count());
  }

  @Test
  void whatFewerLabelsCostIsATable() {
    String text = ReportFormat.TEXT.render(COMPARISON);
    assertHas(
        text,
        """

        APTOS2019 cohen_kappa by share of the training images

        initialisation  model     2.5 %, 65 images  100 %, 2616 images
        random          resnet18  –                 0.813 ± 0.250 (2 of 3)
        """);
    assertHas(
        ReportFormat.MARKDOWN.render(COMPARISON), "| 2.5 %, 65 images | 100 %, 2616 images |");
    assertHas(ReportFormat.LATEX.render(COMPARISON), "2.5 \\%, 65 images & 100 \\%, 2616 images");
    assertEquals(
        """
        dataset,metric,initialisation,model,fraction,images,median,std,n,planned
        APTOS2019,cohen_kappa,random,resnet18,1.0,2616.0,0.8125,0.25,2,3
        """,
        ReportFormat.CSV_FRACTIONS.render(COMPARISON));
  }

  /** What is not known is a dash, and empty in CSV; never 0. */
  @Test
  void costsStandBesideTheMachineThatTheyAreOf() {
    String text = ReportFormat.TEXT.render(COMPARISON);
    assertHas(
        text,
        """
        s/epoch  training images/s  data wait  test images/s  memory    energy
        """);
    assertHas(text, "61.3     43.5               13 %       150.3          3072 MiB  0.50 Wh\n");
    assertHas(text, "–        –                  –          2500.0         –         –\n");
    assertHas(text, "\nMachine A: EPYC, 2 cores, 2 threads, 16 GiB\n");
    assertHas(text, "\nMachine B: NVIDIA H200 (140 GiB); Xeon, 16 cores, 8 threads\n");
    assertHas(ReportFormat.MARKDOWN.render(COMPARISON), "| 11.2 M | 1.81 G | 61.3 | 43.5 | 13 % |");
    assertHas(
        ReportFormat.LATEX.render(COMPARISON),
        " & 61.3 & 43.5 & 13 \\% & 150.3 & 3072 MiB & 0.50 Wh");
    String csv = ReportFormat.CSV_COSTS.render(COMPARISON);
    assertHas(
        csv,
        "\nrandom,resnet18,APTOS2019,EPYC,2,2,16,,,2,2,11177025,1814000000,150.25,1073741824,,"
            + "61.25,43.5,0.125,130.5,3221225472,,1800.0,\n");
    assertHas(
        csv,
        "\nrandom,resnet18,APTOS2019,Xeon,16,8,,\"NVIDIA H200\",140,0,1,11177025,1814000000,2500.0,,"
            + "536870912,,,,,,,,\n");
    assertEquals(3, csv.lines().count());
  }

  private static final ExperimentComparison FOLDED =
      new ExperimentComparison(
          COMPARISON.experiments(),
          new ComparisonTable(
              List.of(
                  new Column(
                      "MedMNIST: breastmnist",
                      "roc_auc",
                      false,
                      List.of(
                          new ColumnSplit("kfold", "0123456789abcdef", null),
                          new ColumnSplit("kfold", "fedcba9876543210", null)),
                      2)),
              List.of(
                  new Row(
                      "random",
                      "resnet18",
                      List.of(
                          new Cell(
                              0.8125,
                              null,
                              1,
                              1,
                              List.of(0.8125),
                              new Folds(0.8125, 0.75, 0.875, 31, null, 2, 2, 2, 0.75, 0.125)))))),
          List.of(
              new PairedComparison(
                  "MedMNIST: breastmnist",
                  "roc_auc",
                  new Model("random", "deit_tiny"),
                  new Model("random", "resnet18"),
                  1,
                  31,
                  null,
                  new Difference(-0.0125, -0.0625, 0.03125, Method.BCA, 0.25, 0.75, 10_000),
                  new Claim(
                      0.9999, 0.0, 0.01, "image", 31, 0.0234, null, List.of(), Decision.UNDECIDED),
                  List.of(new McNemarResult(42L, 0, 3, 0, true, 0.25, 0.5)),
                  new AcrossFolds(
                      2, 1, List.of(-0.25, 0.125), 10, 15.5, -0.0625, -0.5, 1, 0.5, 0.5))),
          List.of(),
          null,
          List.of(),
          List.of(),
          List.of());

  @Test
  void foldsAreToldInEveryForm() {
    String text = ReportFormat.TEXT.render(FOLDED);
    assertTrue(text.startsWith("a_b: folds: the predictions of all folds together ["), text);
    assertHas(text, "\ninitialisation  model     MedMNIST: breastmnist roc_auc\n");
    assertHas(text, "  0.813 [0.750, 0.875]; 0.750 ± 0.125 (2 folds)\n");
    // Of the two hashes, sorted, with a line end between them.
    assertHas(
        text,
        "\nMedMNIST: breastmnist split: kfold, 2 folds, 2 rounds f46549101424, no groups known: images"
            + " count as independent; ");
    assertHas(text, "  > 0.999    < 0.001 (±0.01)  0.2500");
    assertHas(text, "  McNemar       folds: t (df), p, p (Holm)\n");
    assertHas(text, "  3:0 p 0.2500  −0.50 (1), p 0.5000, 0.5000\n");
    assertHas(text, "corrected resampled t-test");
    assertHas(
        ReportFormat.CSV.render(FOLDED), ",0.8125,,1,1,2,0.8125,0.75,0.875,31,,2,2,0.75,0.125\n");
    assertHas(
        ReportFormat.CSV_TESTS.render(FOLDED),
        ",0.25,0.75,2,1,-0.5,1,0.5,0.5,bca,10000,0.9999,0.0,");
    assertHas(ReportFormat.LATEX.render(FOLDED), "0.813 {[}0.750, 0.875{]}; 0.750 $\\pm$ 0.125");
    assertHas(ReportFormat.MARKDOWN.render(FOLDED), "| −0.50 (1), p 0.5000, 0.5000 |");
    ExperimentComparison read =
        Json.read(ReportFormat.JSON.render(FOLDED), ExperimentComparison.class);
    assertEquals(FOLDED, read);
  }

  @Test
  void jsonIsReadAgain() {
    ExperimentComparison read =
        Json.read(ReportFormat.JSON.render(COMPARISON), ExperimentComparison.class);
    assertEquals(COMPARISON.tests(), read.tests());
    assertEquals(COMPARISON.verdicts(), read.verdicts());
    assertEquals(COMPARISON.ranks(), read.ranks());
    assertEquals(COMPARISON.notes(), read.notes());
  }

  @Test
  void aFormatThatIsNoneNamesThoseThereAre() {
    MedtransException e = assertThrows(MedtransException.class, () -> ReportFormat.of("html"));
    assertEquals(
        "format: found html, allowed: json, text, md, csv, csv-tests, csv-verdicts, csv-ranks, csv-fractions, csv-costs, latex",
        e.getMessage());
  }
}
