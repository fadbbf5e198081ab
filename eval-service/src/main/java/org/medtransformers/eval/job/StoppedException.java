package org.medtransformers.eval.job;

/** The evaluation was told to stop before its end: nothing of it counts. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoppedException() {
    super("told to stop", null, false, false);
  }
}
