package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Block.Heading;
import org.medtransformers.gateway.document.Block.Paragraph;
import org.medtransformers.gateway.document.Document.Section;
import org.medtransformers.gateway.report.content.Study.Trained;

/**
 * What a reader needs to do it again, in sentences that follow from the resolved run files and from
 * what was prepared; nothing is said that they do not say.
 */
final class Methods {
  private static final List<Function<Trained, String>> DATA =
      List.of(DataTraits::dataset, DataTraits::split, DataTraits::groups, DataTraits::left);
  private static final List<Function<Trained, String>> IMAGES =
      List.of(
          trained -> Views.training(DataTraits.config(trained)),
          trained -> Views.heldOut(DataTraits.config(trained)));
  private static final List<Function<Trained, String>> TRAINING =
      List.of(
          NetworkTraits::network,
          NetworkTraits::beginning,
          NetworkTraits::frozen,
          TrainingTraits::loss,
          TrainingTraits::optimizer,
          TrainingTraits::schedule,
          TrainingTraits::length,
          TrainingTraits::selection);

  private Methods() {}

  static Section of(Study study) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(design(study)));
    SortedMap<Integer, List<Trained>> phases =
        study.runs().stream()
            .collect(
                Collectors.groupingBy(
                    trained -> trained.run().phase, TreeMap::new, Collectors.toList()));
    phases.forEach(
        (phase, runs) -> {
          if (phases.size() > 1) {
            blocks.add(new Heading("Phase %d".formatted(phase)));
          }
          Stream.of(DATA, IMAGES, TRAINING)
              .flatMap(traits -> paragraphs(runs, traits).stream())
              .forEach(blocks::add);
        });
    blocks.add(new Paragraph(hardware(study)));
    blocks.add(new Heading("Metrics and statistics"));
    String measured =
        joined(Stream.of(Statistics.metrics(study), spread(study), Statistics.intervals(study)));
    blocks.add(new Paragraph(joined(Stream.of(measured, Statistics.tests(study)))));
    return new Section("methods", "Methods", blocks);
  }

  /** What differs between runs is a paragraph of its own, or it would seem to go on below it. */
  private static List<Block> paragraphs(
      List<Trained> runs, List<Function<Trained, String>> traits) {
    List<Block> paragraphs = new ArrayList<>();
    List<String> common = new ArrayList<>();
    for (Function<Trained, String> trait : traits) {
      if (Trait.differs(runs, trait)) {
        add(paragraphs, common);
        common.add(Trait.said(runs, trait));
        add(paragraphs, common);
      } else {
        common.add(Trait.said(runs, trait));
      }
    }
    add(paragraphs, common);
    return paragraphs;
  }

  private static void add(List<Block> paragraphs, List<String> sentences) {
    String text = joined(sentences.stream());
    if (!text.isEmpty()) {
      paragraphs.add(new Paragraph(text));
    }
    sentences.clear();
  }

  private static String joined(Stream<String> sentences) {
    return sentences.filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
  }

  private static String design(Study study) {
    List<String> seeds =
        study.runs().stream()
            .map(trained -> trained.run().seed)
            .distinct()
            .sorted()
            .map(seed -> Long.toString(seed))
            .toList();
    String arms = Words.list(study.compared().stream().map(Trained::arm).distinct().toList());
    String searched =
        study.searches().isEmpty()
            ? ""
            : " The learning rate was searched: each trial is a training from the same seed, judged by the validation images after its last epoch; no test image was looked at.";
    return "The experiment “%s” has %s%s, with the seed%s %s for weights, order of the images and augmentation; the seed has no say in which image trains, validates or tests.%s"
        .formatted(
            study.experiment().name(),
            Words.count(study.runs().size(), "run"),
            arms.isEmpty() ? "" : " of " + arms,
            seeds.size() == 1 ? "" : "s",
            Words.list(seeds),
            searched);
  }

  private static String spread(Study study) {
    return study.compared().isEmpty()
        ? ""
        : "Tables give the median over the trainings of each model, with the standard deviation (n − 1) and n.";
  }

  private static String hardware(Study study) {
    List<String> machines = machines(study);
    return "%s by medtransformers %s; libtorch computes."
        .formatted(
            machines.isEmpty()
                ? "The runs were computed"
                : "The runs were computed on " + Words.list(machines),
            study.version());
  }

  /** The kinds of machines that trained or evaluated. */
  static List<String> machines(Study study) {
    return study.runs().stream()
        .map(trained -> trained.run().costs)
        .filter(Objects::nonNull)
        .flatMap(
            costs ->
                Stream.concat(
                    costs.training().stream().map(cost -> cost.machine()),
                    Stream.ofNullable(costs.inference()).map(cost -> cost.machine())))
        .distinct()
        .map(machine -> "a machine with " + machine)
        .toList();
  }
}
