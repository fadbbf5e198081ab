package org.medtransformers.cli.progress;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.TextWidth;

/** Aligned text. */
public final class Columns {
  private Columns() {}

  /** One line per row, without trailing blanks; all rows are as long as the first. */
  public static String render(List<List<String>> rows) {
    List<Integer> widths =
        IntStream.range(0, rows.get(0).size())
            .mapToObj(c -> rows.stream().mapToInt(r -> TextWidth.of(r.get(c))).max().orElse(0))
            .toList();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(c -> TextWidth.pad(row.get(c), widths.get(c)))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Without line ends and escape sequences, which would spoil the screen. */
  public static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
