package org.medtransformers.cli.terminal;

/** What the process tells its caller. */
public final class ExitCode {
  public static final int OK = 0;

  /** A run failed or was cancelled, or the platform did not do what was asked. */
  public static final int FAILED = 1;

  /** Wrong usage or an invalid experiment file; nothing was started. */
  public static final int INVALID = 2;

  /** Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
