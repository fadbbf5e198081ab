package org.medtransformers.parity;

import java.util.function.Consumer;
import org.medtransformers.contracts.error.MedtransException;

/** Takes the lines of a report. Whatever goes wrong in a line fails that line alone. */
public final class Report {
  private final Consumer<Verdict> listener;
  private int passed;
  private int failed;

  /**
   * @param listener told of every line at once
   */
  public Report(Consumer<Verdict> listener) {
    this.listener = listener;
  }

  public int passed() {
    return passed;
  }

  public int failed() {
    return failed;
  }

  /** The line of a whole case. */
  public void line(GoldenCase golden, Consumer<Comparison> check) {
    line(golden.group(), golden.name(), check);
  }

  public void line(String group, String name, Consumer<Comparison> check) {
    add(judge(group, name, check));
  }

  /** A line that says what is wrong. */
  public void failure(String group, String name, String message) {
    add(new Verdict(group, name, Double.NaN, false, message));
  }

  private void add(Verdict verdict) {
    if (verdict.passed()) {
      passed++;
    } else {
      failed++;
    }
    listener.accept(verdict);
  }

  private static Verdict judge(String group, String name, Consumer<Comparison> check) {
    Comparison comparison = new Comparison();
    try {
      check.accept(comparison);
      return comparison.verdict(group, name);
    } catch (MedtransException e) {
      return new Verdict(group, name, Double.NaN, false, e.getMessage());
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return new Verdict(group, name, Double.NaN, false, e.toString());
    }
  }
}
