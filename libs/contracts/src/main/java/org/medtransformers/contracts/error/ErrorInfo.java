package org.medtransformers.contracts.error;

/**
 * An error as it travels: code for programs, message for people. What is quoted from a file or a
 * request can be of any length and content; a message is at most 8,192 characters long and, but for
 * line breaks and tabs, without control characters, so that it fits into events, tables of a
 * database (which refuse NUL) and terminals.
 */
public record ErrorInfo(ErrorCode code, String message) {
  private static final int MAX_LENGTH = 8192;
  private static final String CUT = " …";

  public ErrorInfo {
    message = message == null ? null : printable(shortened(message));
  }

  private static String shortened(String message) {
    return message.length() <= MAX_LENGTH
        ? message
        : message.substring(0, MAX_LENGTH - CUT.length()) + CUT;
  }

  /** Lone surrogates, which cutting may leave behind, are not printable either. */
  private static String printable(String message) {
    StringBuilder result = new StringBuilder(message.length());
    message.codePoints().map(c -> isPrintable(c) ? c : '\uFFFD').forEach(result::appendCodePoint);
    return result.toString();
  }

  private static boolean isPrintable(int c) {
    return c == '\n'
        || c == '\t'
        || (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE);
  }
}
