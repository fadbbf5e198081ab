package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Block.Heading;
import org.medtransformers.gateway.document.Block.Items;
import org.medtransformers.gateway.document.Block.Note;
import org.medtransformers.gateway.document.Block.Paragraph;
import org.medtransformers.gateway.document.Block.Pictures;
import org.medtransformers.gateway.document.Block.Table;
import org.medtransformers.gateway.document.Document.Section;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** The images: how many, of what, how divided, and what was found among them. */
final class DataSection {
  private DataSection() {}

  static Section of(Study study) {
    List<Block> blocks = new ArrayList<>();
    List<String> datasets = study.runs().stream().map(Trained::dataset).distinct().toList();
    for (String dataset : datasets) {
      blocks.add(new Heading(dataset));
      study.runs().stream()
          .filter(trained -> trained.dataset().equals(dataset) && trained.run().prepared != null)
          .findFirst()
          .ifPresentOrElse(
              trained -> describe(study, trained, blocks),
              () -> blocks.add(new Paragraph("These images have not been prepared.")));
    }
    return new Section("data", "Data", blocks);
  }

  private static void describe(Study study, Trained trained, List<Block> blocks) {
    PreparedDataset prepared = trained.run().prepared;
    Study.Images images = study.images().get(prepared.id());
    Map<Split, List<Integer>> counts = images == null ? Map.of() : images.classCounts();
    boolean folds = DataTraits.crossValidated(trained);
    String caption =
        "Images by class and part" + (folds ? ", of one round of the cross-validation" : "");
    blocks.add(
        new Table(
            prepared.description().task() == Task.MULTI_LABEL
                ? caption + "; an image may count for several classes"
                : caption,
            rows(prepared, counts)));
    if (counts.isEmpty()) {
      blocks.add(new Note("How many there are of each class is not known here."));
    }
    blocks.add(new Paragraph(DataTraits.groups(trained)));
    if (images != null) {
      copies(images.copies(), blocks);
      if (images.note() != null) {
        blocks.add(new Note(images.note()));
      }
      if (!images.examples().isEmpty()) {
        blocks.add(
            new Pictures(
                "The first test images of %s, as a model sees them before normalisation"
                    .formatted(classes(prepared.description().classes().size())),
                images.examples()));
      }
    }
    if (!prepared.warnings().isEmpty()) {
      blocks.add(new Items(prepared.warnings()));
    }
  }

  private static String classes(int all) {
    return all <= Examples.MOST_CLASSES
        ? "each class"
        : "%d of %d classes".formatted(Examples.MOST_CLASSES, all);
  }

  private static List<List<String>> rows(
      PreparedDataset prepared, Map<Split, List<Integer>> counts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("class", "training", "validation", "test", "all"));
    List<String> classes = prepared.description().classes();
    IntStream.range(0, counts.isEmpty() ? 0 : classes.size())
        .forEach(
            c ->
                rows.add(
                    row(
                        classes.get(c),
                        Arrays.stream(Split.values())
                            .map(part -> count(counts, part, c))
                            .toList())));
    rows.add(
        row(
            "images",
            Arrays.stream(Split.values()).map(part -> prepared.sizes().of(part)).toList()));
    return rows;
  }

  private static int count(Map<Split, List<Integer>> counts, Split part, int label) {
    List<Integer> own = counts.getOrDefault(part, List.of());
    return label < own.size() ? own.get(label) : 0;
  }

  private static List<String> row(String name, List<Integer> counts) {
    int all = counts.stream().mapToInt(n -> n).sum();
    return Stream.of(
            Stream.of(name),
            counts.stream().map(n -> Rounding.count((long) n)),
            Stream.of(Rounding.count((long) all)))
        .flatMap(cells -> cells)
        .toList();
  }

  private static void copies(Study.Copies copies, List<Block> blocks) {
    if (copies.duplicates() != null) {
      Study.Duplicates d = copies.duplicates();
      blocks.add(
          new Paragraph(
              "Duplicates: %s more than once (%s); %d of them in more than one part, %d with different labels."
                  .formatted(
                      Words.count(d.files(), "file") + (d.files() == 1 ? " occurs" : " occur"),
                      Words.count(d.images(), "image"),
                      d.acrossParts(),
                      d.differingLabels())));
    }
    if (copies.nearDuplicates() != null) {
      Study.NearDuplicates d = copies.nearDuplicates();
      blocks.add(
          new Paragraph(
              "Near duplicates: %s of images that look alike (%s); %d of them across parts, %d with different labels."
                  .formatted(
                      Words.count(d.sets(), "set"),
                      Words.count(d.images(), "image"),
                      d.acrossParts(),
                      d.differingLabels())));
    }
  }
}
