package org.medtransformers.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medtransformers.contracts.comparison.ComparisonPlan;

/** What comes next on the way to a comparison. */
public sealed interface Step {
  /**
   * The speed of {@code settings} has to be known.
   *
   * @param probe trains each of them for a moment, in this order: an experiment file
   */
  record Measure(List<Setting> settings, ObjectNode probe) implements Step {}

  /** Nothing is missing. */
  record Planned(ComparisonPlan plan) implements Step {}
}
