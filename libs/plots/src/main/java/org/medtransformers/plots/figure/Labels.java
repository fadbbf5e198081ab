package org.medtransformers.plots.figure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names as figures show them. They come from folders and files of anybody: what would not be seen,
 * would turn the direction of what follows, or is no character of XML is left out, and what is long
 * is cut off.
 */
public final class Labels {
  /** Characters of a line across a figure. */
  public static final int LINE = 66;

  /** Characters of a name among others. */
  public static final int NAME = 28;

  private static final int TICK = 16;
  private static final String CUT = "…";

  private Labels() {}

  /** {@code text} with {@code most} characters at most; null stays null. */
  public static String shown(String text, int most) {
    if (text == null) {
      return null;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints().filter(Labels::visible).forEach(clean::appendCodePoint);
    int length = clean.codePointCount(0, clean.length());
    return length <= most
        ? clean.toString()
        : clean.substring(0, clean.offsetByCodePoints(0, most - 1)).strip() + CUT;
  }

  /** Names at an axis; those that are alike when they are cut off are numbered. */
  static List<String> shown(List<String> names) {
    Set<String> taken = new HashSet<>();
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = shown(names.get(i), TICK);
      shown.add(taken.add(name) ? name : shown(names.get(i), TICK - 4) + " " + (i + 1));
    }
    return shown;
  }

  private static boolean visible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
