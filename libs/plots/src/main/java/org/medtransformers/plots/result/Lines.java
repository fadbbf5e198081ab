package org.medtransformers.plots.result;

/** Panels of lines, explained below. */
final class Lines {
  /** With more nobody tells them apart. */
  static final int MOST = 12;

  private static final int PLOT = 560;
  private static final int LINE = 25;

  private Lines() {}

  /** Of a panel with so many lines in its legend. */
  static int height(int lines) {
    return PLOT + LINE * lines;
  }
}
