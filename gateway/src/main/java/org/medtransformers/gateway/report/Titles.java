package org.medtransformers.gateway.report;

import java.util.stream.Collectors;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult;
import org.medtransformers.contracts.result.TableText;

/** What stands above a table. */
final class Titles {
  private Titles() {}

  static String of(ExperimentComparison comparison) {
    return comparison.experiments().stream()
            .map(ExperimentResult.Summary::name)
            .collect(Collectors.joining(", "))
        + ": "
        + TableText.title(comparison.table());
  }
}
