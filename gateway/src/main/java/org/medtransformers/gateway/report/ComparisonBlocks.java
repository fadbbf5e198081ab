package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.TableText;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Block.Note;
import org.medtransformers.gateway.document.Block.Paragraph;
import org.medtransformers.gateway.document.Block.Table;
import org.medtransformers.gateway.report.PairedComparisonRows.DatasetTests;

/** A comparison as tables and what explains them, for every form that people read. */
public final class ComparisonBlocks {
  private ComparisonBlocks() {}

  /** The whole of it. */
  static List<Block> of(ExperimentComparison comparison) {
    List<Block> blocks = new ArrayList<>();
    String names =
        comparison.experiments().stream()
            .map(ExperimentResult.Summary::name)
            .collect(Collectors.joining(", "));
    blocks.add(new Note(names + ": " + TableText.title(comparison.table())));
    blocks.addAll(table(comparison.table()));
    blocks.addAll(tests(comparison));
    blocks.addAll(ranks(comparison));
    blocks.addAll(fractions(comparison));
    blocks.addAll(costs(comparison));
    PairedComparisonRows.notes(comparison).forEach(note -> blocks.add(new Note(note)));
    return blocks;
  }

  /** The table, and the splits that its numbers are of. */
  public static List<Block> table(ComparisonTable table) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Table("", TableText.rows(table)));
    TableText.splits(table).forEach(split -> blocks.add(new Note(split.strip())));
    return blocks;
  }

  /** The verdict of each data set with the paired tests that it follows from. */
  private static List<Block> tests(ExperimentComparison comparison) {
    List<Block> blocks = new ArrayList<>();
    for (DatasetTests own : PairedComparisonRows.of(comparison)) {
      blocks.add(new Paragraph(own.sentence()));
      blocks.add(new Table("", own.claims()));
      blocks.add(new Table("", own.tests()));
    }
    return blocks;
  }

  /** Models ranked over data sets; nothing where there are no ranks. */
  public static List<Block> ranks(ExperimentComparison comparison) {
    return comparison.ranks() == null
        ? List.of()
        : List.of(
            new Paragraph(RankRows.title(comparison.ranks())),
            new Table("", RankRows.of(comparison.ranks())));
  }

  /** What fewer labels cost; nothing where all were used. */
  public static List<Block> fractions(ExperimentComparison comparison) {
    List<Block> blocks = new ArrayList<>();
    for (LabelEfficiency efficiency : comparison.labelEfficiency()) {
      blocks.add(new Note(LabelEfficiencyRows.title(efficiency)));
      blocks.add(new Table("", LabelEfficiencyRows.of(efficiency)));
    }
    return blocks;
  }

  /** What trainings and evaluations took; nothing where nobody measured it. */
  public static List<Block> costs(ExperimentComparison comparison) {
    return comparison.costs().isEmpty()
        ? List.of()
        : List.of(new Table("", CostRows.of(comparison.costs())));
  }
}
