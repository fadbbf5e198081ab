package org.medtransformers.gateway.report;

import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult;

/** What stands above a table. */
final class Titles {
  private Titles() {}

  static String of(ExperimentComparison comparison) {
    boolean synthetic =
        comparison.table().columns().stream().anyMatch(ComparisonTable.Column::synthetic);
    return comparison.experiments().stream()
            .map(ExperimentResult.Summary::name)
            .collect(Collectors.joining(", "))
        + ": test split, median ± standard deviation (n)"
        + (synthetic ? "; synthetic images, drawn by a program: they say nothing of patients" : "");
  }
}
