package org.medtransformers.contracts.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ComparisonTable.ColumnSplit;
import org.medtransformers.contracts.result.ComparisonTable.Row;

class TableTextTest {

  @Test
  void thePaperTableReadsAsPrinted() {
    ComparisonTable table =
        new ComparisonTable(
            List.of(
                new Column("APTOS2019", "cohen_kappa", false, List.of()),
                new Column("DDSM", "roc_auc", false, List.of())),
            List.of(
                new Row(
                    "random",
                    "resnet50",
                    List.of(cell(0.849, 0.022, 5, 5), cell(0.917, 0.005, 5, 5))),
                new Row(
                    "ImageNet",
                    "deit_small",
                    List.of(cell(0.896, 0.005, 5, 5), cell(0.947, 0.011, 5, 5)))));
    assertEquals(
        """
        initialisation  model       APTOS2019 cohen_kappa  DDSM roc_auc
        random          resnet50    0.849 ± 0.022 (5)      0.917 ± 0.005 (5)
        ImageNet        deit_small  0.896 ± 0.005 (5)      0.947 ± 0.011 (5)
        """,
        TableText.render(table));
  }

  @Test
  void missingRunsAndSyntheticImagesAreSaid() {
    ComparisonTable table =
        new ComparisonTable(
            List.of(
                new Column("APTOS2019", "cohen_kappa", true, List.of()),
                new Column("DDSM", null, false, List.of())),
            List.of(
                new Row("random", "resnet18", Arrays.asList(cell(0.5, null, 1, 2), null)),
                new Row(
                    "random", "deit_tiny", List.of(cell(null, null, 0, 2), cell(1, 0.0, 2, 2)))));
    assertEquals(
        """
        initialisation  model      APTOS2019 cohen_kappa (synthetic)  DDSM
        random          resnet18   0.500 (1 of 2)                     –
        random          deit_tiny  –                                  1.000 ± 0.000 (2)
        """,
        TableText.render(table));
  }

  @Test
  void wideAndCombiningCharactersKeepColumnsAligned() {
    ComparisonTable table =
        new ComparisonTable(
            List.of(new Column("眼底", "recall", false, List.of())),
            List.of(
                new Row("随机", "resnet18", List.of(cell(0.25, 0.125, 2, 2))),
                new Row("e\u0301tude", "resnet18", List.of(cell(0.25, 0.125, 2, 2)))));
    assertEquals(
        """
        initialisation  model     眼底 recall
        随机            resnet18  0.250 ± 0.125 (2)
        e\u0301tude           resnet18  0.250 ± 0.125 (2)
        """,
        TableText.render(table));
  }

  @Test
  void anUndefinedMetricStaysVisible() {
    assertEquals("NaN ± NaN (2)", TableText.cell(cell(Double.NaN, Double.NaN, 2, 2)));
  }

  private static Cell cell(Number median, Double std, int n, int planned) {
    return new Cell(median == null ? null : median.doubleValue(), std, n, planned, List.of());
  }

  @Test
  void splitsOfTheNumbersAreNamedBelowThem() {
    String hash = "0123456789abcdef".repeat(4);
    ComparisonTable table =
        new ComparisonTable(
            List.of(
                new Column(
                    "ISIC2019",
                    "recall",
                    false,
                    List.of(new ColumnSplit("seed-compatible", hash, 7))),
                new Column(
                    "DDSM", "roc_auc", false, List.of(new ColumnSplit("official", hash, null))),
                new Column("APTOS2019", null, false, List.of(new ColumnSplit("grouped", hash, 0)))),
            List.of());
    assertEquals(
        """
        initialisation  model  ISIC2019 recall  DDSM roc_auc  APTOS2019
        ISIC2019 split: seed-compatible 0123456789ab, 7 groups in more than one part
        DDSM split: official 0123456789ab, no groups known: images count as independent; where several \
        are of one patient, results are too good and intervals too narrow
        APTOS2019 split: grouped 0123456789ab, no group in two parts
        """,
        TableText.render(table));
  }
}
