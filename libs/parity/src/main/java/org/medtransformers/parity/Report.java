package org.medtransformers.parity;

import java.util.function.Consumer;
import org.medtransformers.contracts.error.MedtransException;

/** Takes the lines of a report. Whatever goes wrong in a line fails that line alone. */
public final class Report {
  /** Tolerances that float32 may be off: what one changed sign does to a gradient of few pixels. */
  static final double ROUNDING = 1000;

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

  /**
   * The line of a case whose float32 numbers hang on how a processor rounds: one input of a ReLU
   * that changes its sign moves whole gradients by more than the tolerance. What {@code check}
   * finds up to {@link #ROUNDING} tolerances off passes if the same computation in float64 keeps
   * every tolerance; the line says so.
   */
  public void line(GoldenCase golden, Consumer<Comparison> check, Consumer<Comparison> inFloat64) {
    Verdict verdict = judge(golden.group(), golden.name(), check);
    if (!verdict.passed() && verdict.worst() <= ROUNDING) {
      Verdict exact = judge(golden.group(), golden.name(), inFloat64);
      verdict = exact.passed() ? exact.because(verdict) : verdict;
    }
    add(verdict);
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
