package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.result.DatasetVerdict;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Block.Lead;
import org.medtransformers.gateway.document.Block.Note;
import org.medtransformers.gateway.document.Block.Paragraph;
import org.medtransformers.gateway.document.Block.Warning;
import org.medtransformers.gateway.document.Document.Section;
import org.medtransformers.gateway.report.Rounding;

/** What came out, in a sentence for each data set, and what is missing. */
final class VerdictSection {
  private VerdictSection() {}

  static Section of(Study study) {
    List<Block> blocks = new ArrayList<>();
    incomplete(study, blocks);
    ExperimentComparison comparison = study.comparison();
    for (DatasetVerdict verdict : comparison.verdicts()) {
      blocks.add(new Lead(verdict.sentence()));
      blocks.add(new Note(basis(verdict, comparison.tests())));
    }
    study.searches().forEach(search -> blocks.add(new Lead(found(search))));
    study.datasets().stream()
        .filter(
            dataset -> comparison.verdicts().stream().noneMatch(v -> v.dataset().equals(dataset)))
        .forEach(dataset -> blocks.add(new Paragraph(untested(study, dataset))));
    if (blocks.stream().noneMatch(block -> !(block instanceof Warning))) {
      blocks.add(new Paragraph("There is no result yet."));
    }
    return new Section("verdict", "Verdict", blocks);
  }

  private static void incomplete(Study study, List<Block> blocks) {
    String states =
        study.runs().stream()
            .filter(trained -> trained.run().state != RunState.SUCCEEDED)
            .collect(
                Collectors.groupingBy(
                    trained -> trained.run().state, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    if (study.running()) {
      blocks.add(
          new Warning(
              "The experiment is still running: of %s not all have ended (%s). All numbers are as of now and may change."
                  .formatted(
                      Words.count(study.runs().size(), "run"),
                      states.isEmpty() ? "none open" : states)));
    } else if (!states.isEmpty()) {
      blocks.add(
          new Warning(
              "The experiment is not whole: of %s some have no result (%s). What they would have added is missing everywhere below."
                  .formatted(Words.count(study.runs().size(), "run"), states)));
    }
    study.runs().stream()
        .filter(trained -> trained.run().error != null)
        .limit(20)
        .forEach(
            trained ->
                blocks.add(
                    new Note(
                        "%s on %s, seed %d: %s: %s"
                            .formatted(
                                trained.arm(),
                                trained.dataset(),
                                trained.run().seed,
                                trained.run().error.code(),
                                trained.run().error.message()))));
  }

  /** How many images and trainings the sentence is of. */
  private static String basis(DatasetVerdict verdict, List<PairedComparison> tests) {
    List<PairedComparison> own =
        tests.stream().filter(t -> t.dataset().equals(verdict.dataset())).toList();
    PairedComparison any = own.get(0);
    String groups =
        any.groups() == null
            ? ", of which no patients or lesions are known"
            : " of " + Words.count(any.groups(), "group") + " (patients or lesions)";
    int least = own.stream().mapToInt(PairedComparison::repetitions).min().orElse(0);
    int most = own.stream().mapToInt(PairedComparison::repetitions).max().orElse(0);
    return "n = %s%s and %s with the same seed for each comparison; 95 %% intervals of %s draws; %s; margin of equivalence %s."
        .formatted(
            Words.count(any.images(), "test image"),
            groups,
            least == most
                ? Words.count(least, "pair") + " of trainings"
                : "%d to %d pairs of trainings".formatted(least, most),
            Rounding.count((long) any.difference().draws()),
            tests.size() == 1
                ? "p needs no correction, there being one comparison"
                : "p corrected by Holm's method for the %d comparisons of all data sets"
                    .formatted(tests.size()),
            margins(own));
  }

  /** One number, unless the files of the runs give several. */
  private static String margins(List<PairedComparison> own) {
    return own.stream()
        .map(test -> "±" + Words.number(test.claim().rope()))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static String untested(Study study, String dataset) {
    long arms = study.of(dataset).map(Study.Trained::arm).distinct().count();
    long evaluated =
        study.evaluated().stream().filter(trained -> trained.dataset().equals(dataset)).count();
    if (evaluated == 0) {
      return "%s: nothing has been tested.".formatted(dataset);
    }
    return arms == 1
        ? "%s: one model (%s), with which nothing is compared; the table says what it is worth."
            .formatted(dataset, study.of(dataset).findFirst().orElseThrow().arm())
        : "%s: no two models could be tested against each other, so nothing is said of which is better; the notes below the tables say why."
            .formatted(dataset);
  }

  private static String found(LearningRateSearch search) {
    String of =
        "%s, %s (%s), search %d"
            .formatted(
                search.dataset(),
                search.backbone(),
                search.initialisation(),
                search.repetition() + 1);
    return search.hasFound()
        ? "%s: the best learning rate is %s by %s and %s by the loss of the validation images, of %s tried."
            .formatted(
                of,
                rate(search.bestByMetric()),
                search.metric() == null ? "the target metric" : search.metric(),
                rate(search.bestByLoss()),
                Words.count(search.points().size(), "rate"))
        : "%s: no learning rate has led to a number.".formatted(of);
  }

  private static String rate(LearningRateSearch.Point point) {
    return point == null ? "none" : LearningRateGrid.text(point.learningRate());
  }
}
