package org.medtransformers.contracts.result;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * Columns that a text takes in a terminal: East Asian wide characters and pictographs take two,
 * combining marks and format characters none (Unicode Standard Annex 11, abridged to whole
 * scripts).
 */
public final class TextWidth {
  private static final Set<UnicodeScript> WIDE =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  private TextWidth() {}

  public static int of(String text) {
    return text.codePoints().map(TextWidth::columns).sum();
  }

  /** {@code text} with blanks added up to {@code width} columns. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  private static int columns(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  private static boolean isWide(int codePoint) {
    boolean halfwidthForm = codePoint >= 0xFF61 && codePoint <= 0xFFDC;
    boolean fullwidthForm = codePoint >= 0xFF01 && codePoint <= 0xFF60;
    boolean cjkPunctuation = codePoint >= 0x3000 && codePoint <= 0x303E;
    boolean pictograph = codePoint >= 0x1F300 && codePoint <= 0x1FAFF;
    return fullwidthForm
        || cjkPunctuation
        || pictograph
        || (!halfwidthForm && WIDE.contains(UnicodeScript.of(codePoint)));
  }
}
