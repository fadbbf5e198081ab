package org.medtransformers.gateway.rest;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.RunState;

/** States of runs as a client asks for them: separated by commas. */
final class RunStates {
  static final String ALL = "all";
  private static final String ANY =
      "(QUEUED|PREPARING|TRAINING|EVALUATING|SUCCEEDED|FAILED|CANCELLED)";
  static final String PATTERN = ALL + "|" + ANY + "(," + ANY + ")*";
  static final String ALLOWED =
      "must be all, or some of QUEUED, PREPARING, TRAINING, EVALUATING, SUCCEEDED, FAILED and"
          + " CANCELLED, separated by commas";

  private RunStates() {}

  /** The states that {@code text}, which matches {@link #PATTERN}, names. */
  static Set<RunState> of(String text) {
    return text.equals(ALL)
        ? EnumSet.allOf(RunState.class)
        : Arrays.stream(text.split(",")).map(RunState::valueOf).collect(Collectors.toSet());
  }
}
