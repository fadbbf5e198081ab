package org.medtransformers.cli.progress;

import java.util.List;
import org.medtransformers.contracts.result.AlignedText;

/** Aligned text. */
public final class Columns {
  private Columns() {}

  /** One line per row, without trailing blanks; all rows are as long as the first. */
  public static String render(List<List<String>> rows) {
    return AlignedText.render(rows);
  }

  /** Without line ends and escape sequences, which would spoil the screen. */
  public static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
