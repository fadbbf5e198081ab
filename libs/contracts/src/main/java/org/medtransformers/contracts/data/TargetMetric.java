package org.medtransformers.contracts.data;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** The validation metric by which the best model of a run is chosen; larger is better. */
public enum TargetMetric {
  COHEN_KAPPA("cohen_kappa"),
  RECALL("recall"),
  ROC_AUC("roc_auc");

  private final String key;

  /** Of the metrics that {@code task} has, the one that a data set is judged by unless it says. */
  public static TargetMetric usual(Task task) {
    return allowed(task).get(0);
  }

  /** Of which metrics one may be chosen for {@code task}. */
  public static List<TargetMetric> allowed(Task task) {
    return switch (task) {
      case MULTI_CLASS -> List.of(RECALL, COHEN_KAPPA);
      case BINARY, MULTI_LABEL -> List.of(ROC_AUC, RECALL);
    };
  }

  TargetMetric(String key) {
    this.key = key;
  }

  /** The metric's name in events, REST bodies and files. */
  @JsonValue
  public String key() {
    return key;
  }
}
