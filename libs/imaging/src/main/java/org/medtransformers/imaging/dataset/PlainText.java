package org.medtransformers.imaging.dataset;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** What people write into tables and name their folders, as they mean it. */
final class PlainText {
  private static final Set<String> NOT_KNOWN =
      Set.of(
          "",
          "nan",
          "na",
          "n/a",
          "n.a.",
          "#n/a",
          "<na>",
          "nat",
          "null",
          "none",
          "nil",
          "unknown",
          "unk",
          "missing",
          "not available",
          "not reported",
          "not known",
          "undefined",
          "-",
          "--",
          "?");
  private static final Set<String> NO_LABEL =
      Set.of("", "nan", "na", "n/a", "#n/a", "<na>", "nat", "null");

  private PlainText() {}

  /**
   * {@code text} in composed Unicode, without white space around it of whatever kind: a no-break
   * space, a tabulator, a byte order mark.
   */
  static String of(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return composed(text.substring(from, to));
  }

  private static boolean isSpace(char c) {
    boolean invisible = c == '\uFEFF' || c == '\u200B' || c == '\u2060';
    return invisible || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** In the form NFC, in which macOS does not keep names of files. */
  static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** Two texts have the same where a reader would hardly see what tells them apart. */
  static String look(String text) {
    return of(Normalizer.normalize(text, Normalizer.Form.NFKC))
        .replaceAll("[\\s_-]+", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** Whether this says of a patient that nothing is known: {@code nan}, {@code unknown}. */
  static boolean isNotKnown(String value) {
    return NOT_KNOWN.contains(value.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether this is what a program writes where a label is missing. A class may well be called
   * "none" or "unknown".
   */
  static boolean isNoLabel(String value) {
    return NO_LABEL.contains(value.toLowerCase(Locale.ROOT));
  }
}
