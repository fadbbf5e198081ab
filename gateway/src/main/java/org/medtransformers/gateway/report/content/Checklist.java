package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Block.Paragraph;
import org.medtransformers.gateway.document.Block.Table;
import org.medtransformers.gateway.document.Document.Section;
import org.medtransformers.gateway.report.content.Study.Trained;

/**
 * The 44 items of the CLAIM 2024 update, in short words of ours, with what the experiment itself
 * knows. What it cannot know is for the authors: who the patients were, who read the images, what
 * it is for.
 *
 * @see <a href="https://doi.org/10.1148/ryai.240300">Tejani et al., Radiology: Artificial
 *     Intelligence 2024;6(4):e240300</a>
 */
final class Checklist {
  static final String OPEN = "To be filled in by the authors.";

  /** An item; the answer is empty where the experiment has none. */
  private record Item(String words, Function<Study, String> answer) {
    static Item open(String words) {
      return new Item(words, study -> "");
    }
  }

  private static final List<Item> ITEMS =
      List.of(
          new Item(
              "Title or abstract name the study as one of AI and the kind of technology",
              study -> "Deep learning: " + networks(study) + ". " + OPEN),
          new Item(
              "Abstract: structured summary of design, methods, results and conclusions",
              study -> "Verdict, data and methods are above. " + OPEN),
          Item.open("Background: science, clinic, intended use and role of the AI"),
          Item.open("Aims, objectives and hypotheses"),
          Item.open("Prospective or retrospective study"),
          new Item(
              "Goal of the study",
              study ->
                  study.comparison().tests().isEmpty()
                      ? ""
                      : "Comparison of models on the same test images. " + OPEN),
          new Item(
              "Sources of the data",
              study -> "Read as: " + Words.list(sources(study)) + ". Where they are from: " + OPEN),
          new Item(
              "Inclusion and exclusion of patients and examinations",
              study -> skipped(study) + OPEN),
          new Item(
              "Preprocessing of the data",
              study -> "See Methods: sizes, crops, augmentation and normalisation."),
          new Item(
              "Selection of subsets of the data",
              study ->
                  study.compared().stream().anyMatch(t -> DataTraits.config(t).trainFraction() < 1)
                      ? "Shares of the training images, see Methods. " + OPEN
                      : ""),
          Item.open("De-identification"),
          new Item("Missing data", study -> skipped(study) + OPEN),
          Item.open("Protocol of image acquisition"),
          new Item(
              "How the reference standard was obtained",
              study -> "Labels are those of the data set. " + OPEN),
          Item.open("Why this reference standard"),
          Item.open("Who annotated, and with what qualification"),
          Item.open("How the test set was annotated"),
          Item.open("Variability between and within annotators, and how disagreement was resolved"),
          new Item(
              "How data were assigned to partitions",
              study ->
                  known(
                      study.compared().stream().anyMatch(t -> t.run().prepared != null),
                      "See Data and Methods; the lists of ids are kept under the hashes of the splits.")),
          new Item("Level at which partitions are disjoint", Checklist::disjoint),
          new Item("Intended size of the test set", Checklist::size),
          new Item(
              "Detailed description of the model",
              study -> "See Methods: " + networks(study) + "."),
          new Item(
              "Software and versions",
              study -> "medtransformers " + study.version() + ", see Reproduction."),
          new Item("Initialisation of the parameters", Checklist::initialisation),
          new Item(
              "Training: augmentation, hyperparameters, number of models",
              study ->
                  "See Methods; %s, and the resolved file of each in the archive."
                      .formatted(Words.count(study.runs().size(), "run"))),
          new Item(
              "How the final model was selected",
              study -> Trait.said(study.compared(), TrainingTraits::selection)),
          new Item("Ensembles", study -> "None: each training is measured by itself."),
          new Item("Metrics of performance", study -> Statistics.metrics(study)),
          new Item(
              "Measures of significance and uncertainty",
              study ->
                  known(
                      intervals(study) || !study.comparison().tests().isEmpty(),
                      "See Methods, Metrics and statistics.")),
          new Item(
              "Robustness or sensitivity",
              study ->
                  known(
                      repeated(study),
                      "Over seeds: standard deviations in the tables. Over other changes: "
                          + OPEN)),
          new Item("Explainability", Checklist::explained),
          new Item(
              "Test on internal data",
              study -> study.evaluated().isEmpty() ? "Not yet." : "See Results."),
          new Item(
              "Test on external data",
              study ->
                  study.evaluated().stream().anyMatch(DataLimits::external)
                      ? "A model was tested on a data set other than that of its training, see Results. Whether that is external: "
                          + OPEN
                      : "None in this experiment. " + OPEN),
          Item.open("Registration as a clinical trial"),
          new Item(
              "Numbers of patients or examinations included and excluded",
              study -> "Images by class and part are in Data. " + skipped(study) + OPEN),
          new Item(
              "Demographic and clinical characteristics in each partition",
              study ->
                  subgroups(study).isEmpty()
                      ? ""
                      : "Known of the images: " + Words.list(subgroups(study)) + ". " + OPEN),
          new Item(
              "Performance on all partitions, against the reference standard",
              study ->
                  known(
                      !study.evaluated().isEmpty(),
                      study.evaluated().stream().anyMatch(t -> t.run().valMetrics != null)
                          ? "Test and validation values of each training are in Results."
                          : "Test values of each training are in Results; there are no validation values.")),
          new Item(
              "Estimates of diagnostic accuracy and their precision",
              study -> known(!study.evaluated().isEmpty(), precision(study) + " are in Results.")),
          new Item(
              "Analysis of what was classified wrongly",
              study ->
                  study.figures().stream().anyMatch(f -> f.name().contains("confusion"))
                      ? "Confusion matrices are among the figures. " + OPEN
                      : ""),
          new Item("Limitations", study -> "What fixed rules found is in Limits. " + OPEN),
          Item.open("Implications for practice, intended use and clinical role"),
          new Item(
              "Reference to the full protocol or more technical details",
              study -> "The experiment file and resolved files in the archive."),
          new Item(
              "Availability of software, models and data",
              study ->
                  "medtransformers %s, Apache-2.0. Models and data: %s"
                      .formatted(study.version(), OPEN)),
          Item.open("Funding and role of the funders"));

  private Checklist() {}

  static Section of(Study study) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "item", "in this experiment"));
    for (int i = 0; i < ITEMS.size(); i++) {
      String answer = ITEMS.get(i).answer().apply(study);
      rows.add(
          List.of(Integer.toString(i + 1), ITEMS.get(i).words(), answer.isEmpty() ? OPEN : answer));
    }
    List<Block> blocks =
        List.of(
            new Paragraph(
                "The items of the Checklist for Artificial Intelligence in Medical Imaging, 2024 update (Tejani et al., Radiology: Artificial Intelligence 2024;6(4):e240300), in short words; the checklist itself is what counts."),
            new Table("", rows, true));
    return new Section("claim", "CLAIM 2024 checklist", blocks);
  }

  /** What is left to the authors as long as the experiment cannot know it. */
  private static String known(boolean yet, String answer) {
    return yet ? answer : "";
  }

  private static boolean intervals(Study study) {
    return study.evaluated().stream()
        .map(Trained::results)
        .anyMatch(results -> results != null && results.intervals() != null);
  }

  /** Whether there is a spread over trainings. */
  private static boolean repeated(Study study) {
    return study.comparison().table().rows().stream()
        .flatMap(row -> row.cells().stream())
        .anyMatch(cell -> cell != null && cell.std() != null);
  }

  private static String precision(Study study) {
    List<String> told = new ArrayList<>(List.of("Medians"));
    if (repeated(study)) {
      told.add("spread");
    }
    told.add("n");
    if (intervals(study)) {
      told.add("95 % intervals");
    }
    return Words.list(told);
  }

  private static String networks(Study study) {
    return Words.list(
        study.runs().stream().map(trained -> trained.run().backbone).distinct().toList());
  }

  private static List<String> sources(Study study) {
    return study.runs().stream()
        .map(
            trained ->
                "%s (%s)"
                    .formatted(
                        trained.dataset(), DataTraits.config(trained).dataset().dataset().label()))
        .distinct()
        .toList();
  }

  private static String skipped(Study study) {
    List<String> skipped =
        study.datasets().stream()
            .flatMap(dataset -> study.prepared(dataset).stream())
            .map(
                trained ->
                    "%s: %s left out as unreadable"
                        .formatted(
                            trained.dataset(),
                            Words.count(trained.run().prepared.skipped(), "image")))
            .toList();
    return skipped.isEmpty() ? "" : String.join("; ", skipped) + ". ";
  }

  private static String disjoint(Study study) {
    return Trait.said(study.compared(), DataTraits::groups);
  }

  private static String size(Study study) {
    return study.comparison().tests().isEmpty()
        ? ""
        : "Not set beforehand by the experiment; how many would be needed for each difference is in Results. "
            + OPEN;
  }

  private static String initialisation(Study study) {
    boolean published =
        study.runs().stream()
            .map(DataTraits::config)
            .anyMatch(
                config ->
                    config.model().pretrained() && PublishedWeights.of(config.model()).isPresent());
    return "See Methods: "
        + Words.list(study.runs().stream().map(t -> t.run().initialisation).distinct().toList())
        + (published ? "; addresses and hashes of published weights are there." : ".");
  }

  private static String explained(Study study) {
    return known(
        !study.evaluated().isEmpty(),
        study.evaluated().stream()
                .map(DataTraits::config)
                .anyMatch(config -> config.medtrans().evaluation().attention() > 0)
            ? "Attention of transformers and Grad-CAM of residual networks were drawn; whether they are right: "
                + OPEN
            : "None in this experiment.");
  }

  private static List<String> subgroups(Study study) {
    return study.evaluated().stream()
        .map(Trained::results)
        .filter(Objects::nonNull)
        .flatMap(results -> results.subgroups().stream())
        .map(subgroup -> subgroup.attribute())
        .distinct()
        .toList();
  }
}
