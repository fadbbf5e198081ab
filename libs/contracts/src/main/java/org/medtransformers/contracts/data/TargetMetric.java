package org.medtransformers.contracts.data;

import com.fasterxml.jackson.annotation.JsonValue;

/** The validation metric by which the best model of a run is chosen; larger is better. */
public enum TargetMetric {
  COHEN_KAPPA("cohen_kappa"),
  RECALL("recall"),
  ROC_AUC("roc_auc");

  private final String key;

  TargetMetric(String key) {
    this.key = key;
  }

  /** The metric's name in events, REST bodies and files. */
  @JsonValue
  public String key() {
    return key;
  }
}
