package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
    blocks.addAll(table(comparison));
    blocks.addAll(tests(comparison));
    blocks.addAll(ranks(comparison));
    blocks.addAll(fractions(comparison));
    blocks.addAll(costs(comparison));
    costNotes(comparison).forEach(note -> blocks.add(new Note(note)));
    notes(comparison).forEach(note -> blocks.add(new Note(note)));
    return blocks;
  }

  /** What the numbers mean, and what could not be compared. */
  public static List<String> notes(ExperimentComparison comparison) {
    return PairedComparisonRows.notes(comparison);
  }

  /** The table, and the splits that its numbers are of. */
  public static List<Block> table(ExperimentComparison comparison) {
    List<Block> blocks = new ArrayList<>();
    String names =
        comparison.experiments().stream()
            .map(ExperimentResult.Summary::name)
            .collect(Collectors.joining(", "));
    blocks.add(new Note(names + ": " + TableText.title(comparison.table())));
    blocks.add(new Table("", TableText.rows(comparison.table())));
    TableText.splits(comparison.table()).forEach(split -> blocks.add(new Note(split.strip())));
    return blocks;
  }

  /** The verdict of each data set with the paired tests that it follows from. */
  public static List<Block> tests(ExperimentComparison comparison) {
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

  /** The numbers behind the other tables, for who wants to know all of them. */
  public static List<Block> details(ExperimentComparison comparison) {
    List<Block> blocks = new ArrayList<>();
    add(blocks, "Each training’s value", DetailRows.values(comparison.table()));
    add(blocks, "How each difference was found", DetailRows.draws(comparison.tests()));
    add(blocks, "McNemar’s test for each seed", DetailRows.mcNemar(comparison.tests()));
    add(blocks, "Differences of the folds", DetailRows.folds(comparison.tests()));
    if (comparison.ranks() != null) {
      add(blocks, "Nemenyi’s test for each two models", DetailRows.nemenyi(comparison.ranks()));
    }
    return blocks;
  }

  private static void add(List<Block> blocks, String caption, List<List<String>> rows) {
    if (rows.size() > 1) {
      blocks.add(new Table(caption, rows));
    }
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

  /** What the columns of costs mean, and which machines they are of. */
  public static List<String> costNotes(ExperimentComparison comparison) {
    return CostRows.notes(comparison.costs());
  }
}
