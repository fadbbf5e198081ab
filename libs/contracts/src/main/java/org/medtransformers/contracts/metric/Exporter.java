package org.medtransformers.contracts.metric;

/** Who has a metric. */
public enum Exporter {
  EVERY_SERVICE("all four"),
  /** Whoever has a table of jobs. */
  WORKERS("data-service, trainer-service, eval-service"),
  GATEWAY("gateway"),
  DATA("data-service"),
  TRAINER("trainer-service"),
  EVAL("eval-service");

  private final String label;

  Exporter(String label) {
    this.label = label;
  }

  /** As a reader of the page has it. */
  public String label() {
    return label;
  }
}
