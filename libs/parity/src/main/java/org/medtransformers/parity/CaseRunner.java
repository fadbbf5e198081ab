package org.medtransformers.parity;

/** Computes what the cases of one group expect. */
public interface CaseRunner {
  /** The group's name in the manifest. */
  String group();

  /** Runs {@code golden}, with one line in {@code report} or more. */
  void run(GoldenCase golden, Report report);
}
