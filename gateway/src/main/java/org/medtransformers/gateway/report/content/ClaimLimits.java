package org.medtransformers.gateway.report.content;

import static org.medtransformers.gateway.report.content.DataTraits.config;

import java.util.stream.Stream;
import org.medtransformers.contracts.result.Decision;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** Limits that lie in what is claimed. */
final class ClaimLimits {
  /** Models from which the best one is chosen, rather than one of two. */
  static final int MANY_MODELS = 3;

  private ClaimLimits() {}

  /** The best of several, named after a look at the test images. */
  static Stream<String> chosenOnTest(Study study) {
    return study.datasets().stream()
        .filter(dataset -> models(study, dataset) >= MANY_MODELS)
        .map(
            dataset ->
                "%s: the best of %d models is named by the same test images that it is judged by: its own value is likely too good. Tests between models are corrected for their number."
                    .formatted(dataset, models(study, dataset)));
  }

  private static long models(Study study, String dataset) {
    return study.evaluated().stream()
        .filter(trained -> trained.dataset().equals(dataset))
        .map(Trained::arm)
        .distinct()
        .count();
  }

  /** Nothing to choose models or thresholds by. */
  static Stream<String> withoutValidation(Study study) {
    return study.compared().stream()
        .filter(trained -> trained.run().prepared != null)
        .filter(trained -> trained.run().prepared.sizes().val() == 0)
        .filter(trained -> !config(trained).medtrans().testOnly())
        .map(
            trained ->
                trained.dataset()
                    + ": no validation images: the last model was taken, and settings that somebody has chosen by results were chosen by the test images.")
        .distinct();
  }

  /** Intervals that could not have shown equivalence, wherever they had lain. */
  static Stream<String> wideIntervals(Study study) {
    return study.comparison().tests().stream()
        .filter(test -> width(test) > 2 * test.claim().rope())
        .filter(test -> test.claim().decision() != Decision.EQUIVALENT)
        .map(
            test ->
                "%s: the interval of %s − %s is %s wide, more than the margin of ±%s: that they are equivalent could not be shown."
                    .formatted(
                        test.dataset(),
                        name(test.first()),
                        name(test.second()),
                        Rounding.metric(width(test)),
                        Words.number(test.claim().rope())));
  }

  private static double width(PairedComparison test) {
    return test.difference().high() - test.difference().low();
  }

  private static String name(PairedComparison.Model model) {
    return model.backbone() + " (" + model.initialisation() + ")";
  }

  /** Undecided, with fewer patients than a difference of that size takes. */
  static Stream<String> underpowered(Study study) {
    return study.comparison().tests().stream()
        .filter(test -> test.claim().needed() != null)
        .filter(
            test ->
                test.claim().decision() == Decision.UNDECIDED
                    || test.claim().decision() == Decision.UNCORRECTED)
        .filter(test -> test.claim().needed() > test.claim().units())
        .map(
            test ->
                "%s: undecided between %s and %s on %s; a difference of the size found would take %s."
                    .formatted(
                        test.dataset(),
                        name(test.first()),
                        name(test.second()),
                        Words.count(test.claim().units(), test.claim().unit()),
                        Rounding.count(test.claim().needed())));
  }
}
