package org.medtransformers.cli.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal as far as our drawing goes: what is on it after some output. */
final class Screen {
  private static final Pattern TOKEN =
      Pattern.compile("\u001b\\[(\\?7[lh]|(\\d+)A|K|J)|\n|\r|[^\u001b\n\r]+");

  private final List<String> lines = new ArrayList<>(List.of(""));
  private int row;
  private int column;

  static List<String> after(String output) {
    Screen screen = new Screen();
    Matcher token = TOKEN.matcher(output);
    int end = 0;
    while (token.find()) {
      if (token.start() != end) {
        throw new AssertionError("unknown control sequence at " + end);
      }
      screen.put(token);
      end = token.end();
    }
    return screen.lines.stream().map(String::stripTrailing).toList();
  }

  private void put(Matcher token) {
    String text = token.group();
    if (token.group(2) != null) {
      row = Math.max(0, row - Integer.parseInt(token.group(2)));
    } else if (text.equals("\n")) {
      row++;
      column = 0;
      if (row == lines.size()) {
        lines.add("");
      }
    } else if (text.equals("\r")) {
      column = 0;
    } else if (text.endsWith("[K")) {
      lines.set(row, lines.get(row).substring(0, Math.min(column, lines.get(row).length())));
    } else if (text.endsWith("[J")) {
      lines.set(row, lines.get(row).substring(0, Math.min(column, lines.get(row).length())));
      lines.subList(row + 1, lines.size()).clear();
    } else if (text.charAt(0) != '\u001b') {
      write(text);
    }
  }

  private void write(String text) {
    StringBuilder line = new StringBuilder(lines.get(row));
    line.append(" ".repeat(Math.max(0, column - line.length())));
    line.replace(column, Math.min(line.length(), column + text.length()), text);
    lines.set(row, line.toString());
    column += text.length();
  }
}
