package org.medtransformers.cli.terminal;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.medtransformers.cli.progress.PlainProgress;
import org.medtransformers.cli.progress.ProgressView;
import org.medtransformers.cli.progress.TerminalProgress;

/**
 * Where a command speaks: results and progress on standard output, the rest on standard error.
 *
 * @param terminal whether standard output is a terminal that can be drawn on
 * @param debug whether every exchange and stack traces are shown
 */
public record Console(PrintWriter out, PrintWriter err, boolean terminal, boolean debug) {

  /** Something worth knowing, in one line. */
  public void notice(String message) {
    err.println(message);
    err.flush();
  }

  /** Only under {@code --debug}. */
  public void trace(String message) {
    if (debug) {
      notice("debug: " + message);
    }
  }

  /** How progress is shown here. */
  public ProgressView progress(LongSupplier nanoTime) {
    return terminal ? new TerminalProgress(out, nanoTime) : new PlainProgress(out, nanoTime);
  }
}
