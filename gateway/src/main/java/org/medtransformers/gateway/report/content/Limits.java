package org.medtransformers.gateway.report.content;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Block.Items;
import org.medtransformers.gateway.document.Block.Paragraph;
import org.medtransformers.gateway.document.Document.Section;

/**
 * What limits the claims of an experiment, as far as its own numbers show it: rules with fixed
 * thresholds, each a sentence where it holds. What no rule looks for may be there all the same.
 */
final class Limits {
  private static final List<Function<Study, Stream<String>>> RULES =
      List.of(
          RunLimits::missing,
          RunLimits::fewTrainings,
          RunLimits::unequalBudgets,
          RunLimits::unequalTime,
          RunLimits::oneMachine,
          RunLimits::toyNetworks,
          DataLimits::synthetic,
          DataLimits::fewUnits,
          DataLimits::fewOfAClass,
          DataLimits::imbalance,
          DataLimits::leaks,
          DataLimits::copies,
          DataLimits::withoutGroups,
          DataLimits::leftOut,
          DataLimits::singleSplit,
          DataLimits::notExternal,
          DataLimits::withoutSubgroups,
          ClaimLimits::chosenOnTest,
          ClaimLimits::withoutValidation,
          ClaimLimits::wideIntervals,
          ClaimLimits::underpowered);

  private Limits() {}

  /** The sentences of the rules that hold. */
  static List<String> of(Study study) {
    return RULES.stream().flatMap(rule -> rule.apply(study)).distinct().toList();
  }

  static Section section(Study study) {
    List<String> limits = of(study);
    Block found = limits.isEmpty() ? new Paragraph("None of the rules holds.") : new Items(limits);
    return new Section(
        "limits",
        "Limits",
        List.of(
            new Paragraph(
                "Found by %d fixed rules in the numbers of the experiment; they do not replace the authors' own judgement."
                    .formatted(RULES.size())),
            found));
  }
}
