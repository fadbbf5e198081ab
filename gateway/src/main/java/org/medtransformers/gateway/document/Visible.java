package org.medtransformers.gateway.document;

import java.util.stream.Collectors;

/**
 * Text without what cannot be seen and yet changes what is read: control characters, marks that
 * turn the direction of writing, halves of pairs. U+FFFD stands in their place.
 */
final class Visible {
  private static final String REPLACEMENT = "\uFFFD";

  private Visible() {}

  /** In one line. */
  static String line(String text) {
    return text(text.replaceAll("\\s*\\R\\s*", " ").replace('\t', ' '));
  }

  /** Ends of lines and tabs stay. */
  static String text(String text) {
    return text.codePoints().mapToObj(Visible::shown).collect(Collectors.joining());
  }

  private static String shown(int codePoint) {
    return codePoint == '\n' || codePoint == '\t' || !hidden(codePoint)
        ? Character.toString(codePoint)
        : REPLACEMENT;
  }

  private static boolean hidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
