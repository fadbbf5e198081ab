package org.medtransformers.cli.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.prepare.CheckReport;
import org.medtransformers.imaging.prepare.Duplicates;
import org.medtransformers.imaging.prepare.NearDuplicates;

/** One page of text about a data set. */
public final class CheckPage {
  private static final int MOST_CLASSES = 30;

  private final CheckReport report;

  private CheckPage(CheckReport report) {
    this.report = report;
  }

  /** The page, each line ended. */
  public static String render(CheckReport report) {
    CheckPage page = new CheckPage(report);
    return "%s in %s%n%n%s%n%s%n%s"
        .formatted(
            report.dataset(),
            Columns.printable(report.folder()),
            Columns.render(page.counts()),
            Columns.render(page.findings()),
            page.verdict());
  }

  /** Images per class and part, the largest classes where there are many. */
  private List<List<String>> counts() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("images", "train", "val", "test", "all"));
    rows.add(
        row(
            "all",
            Arrays.stream(Split.values())
                .map(part -> report.images().of(part))
                .toArray(Integer[]::new)));
    IntStream.range(0, Math.min(MOST_CLASSES, report.classes().size()))
        .forEach(
            c ->
                rows.add(
                    row(
                        Columns.printable(report.classes().get(c)),
                        Arrays.stream(Split.values())
                            .map(part -> report.classCounts().get(part).get(c))
                            .toArray(Integer[]::new))));
    int more = report.classes().size() - MOST_CLASSES;
    if (more > 0) {
      rows.add(row("and %d classes more".formatted(more), "", "", "", ""));
    }
    return rows;
  }

  private static List<String> row(String first, Integer... counts) {
    return Stream.of(
            Stream.of(first),
            Arrays.stream(counts).map(String::valueOf),
            Stream.of(String.valueOf(Arrays.stream(counts).mapToInt(n -> n).sum())))
        .flatMap(s -> s)
        .toList();
  }

  private static List<String> row(String... cells) {
    return List.of(cells);
  }

  private List<List<String>> findings() {
    return List.of(
        row("split", split()),
        row("groups", groups()),
        row("duplicates", duplicates(report.duplicates())),
        row("near duplicates", nearDuplicates(report.nearDuplicates())),
        row("blank", report.nearDuplicates().blank() + " images that show next to nothing"),
        row("unreadable", report.unreadable() + " images"),
        row("values", values(report.range())),
        row("sizes", sizes(report.sizes())));
  }

  private String split() {
    String parameters =
        report.scheme().parameters().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return report.scheme().kind() + (parameters.isEmpty() ? "" : " (" + parameters + ")");
  }

  private String groups() {
    CheckReport.Groups groups = report.groups();
    return groups.count() == 0
        ? "none known: images of one patient may be in several parts"
        : "%d, %d of them in more than one part; %d images have none"
            .formatted(groups.count(), groups.leaking(), groups.imagesWithout());
  }

  private static String duplicates(Duplicates found) {
    return "%d in %d images; across parts %d, with different labels %d"
        .formatted(found.files(), found.images(), found.acrossParts(), found.differingLabels());
  }

  private static String nearDuplicates(NearDuplicates found) {
    return "%d sets of %d images; across parts %d, with different labels %d"
        .formatted(found.sets(), found.images(), found.acrossParts(), found.differingLabels());
  }

  private static String values(CheckReport.Range range) {
    return "%d to %d of 255; %d images do not exceed a quarter"
        .formatted(range.lowest(), range.highest(), range.narrow());
  }

  private static String sizes(CheckReport.Sizes sizes) {
    return "%s to %s, %d different; %s most often (%d); %d odd"
        .formatted(
            sizes.smallest(),
            sizes.largest(),
            sizes.different(),
            sizes.usual(),
            sizes.imagesOfUsual(),
            sizes.odd());
  }

  private String verdict() {
    String problems =
        report.problems().isEmpty()
            ? "No problem was found.%n".formatted()
            : list("Problems", report.problems());
    return problems + list("Notices", report.notices());
  }

  private static String list(String head, List<String> lines) {
    return lines.isEmpty()
        ? ""
        : lines.stream()
            .map(line -> "- %s%n".formatted(Columns.printable(line)))
            .collect(Collectors.joining("", head + ":%n".formatted(), ""));
  }
}
