package org.medtransformers.contracts.result;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of texts for a terminal. */
public final class AlignedText {
  private static final String GAP = "  ";

  private AlignedText() {}

  /** One line per row, without trailing blanks; all rows are as long as the first. */
  public static String render(List<List<String>> rows) {
    List<Integer> widths =
        IntStream.range(0, rows.get(0).size())
            .mapToObj(c -> rows.stream().mapToInt(r -> TextWidth.of(r.get(c))).max().orElse(0))
            .toList();
    return rows.stream().map(row -> line(row, widths) + "\n").collect(Collectors.joining());
  }

  private static String line(List<String> texts, List<Integer> widths) {
    return IntStream.range(0, texts.size())
        .mapToObj(c -> TextWidth.pad(texts.get(c), widths.get(c)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }
}
