package org.medtransformers.contracts;

import java.util.regex.Pattern;

/**
 * Text in tables that people open with a spreadsheet, which takes for a formula whatever begins
 * like one: names of files, classes and patients come from others and may have been made for that.
 * Such text begins with an apostrophe (OWASP, CSV injection). Numbers stay numbers.
 */
public final class Spreadsheets {
  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r].*", Pattern.DOTALL);

  private Spreadsheets() {}

  /** A cell that a spreadsheet shows as it is; what is no text is left alone. */
  public static Object harmless(Object cell) {
    return cell instanceof String text ? harmless(text) : cell;
  }

  /** The same of a text. */
  public static String harmless(String text) {
    return beginsLikeAFormula(text) ? "'" + text : text;
  }

  /** What {@link #harmless(String)} was given. */
  public static String original(String cell) {
    return cell.startsWith("'") && beginsLikeAFormula(cell) ? cell.substring(1) : cell;
  }

  private static boolean beginsLikeAFormula(String text) {
    return FORMULA.matcher(text).matches();
  }
}
