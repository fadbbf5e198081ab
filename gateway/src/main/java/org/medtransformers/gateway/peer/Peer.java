package org.medtransformers.gateway.peer;

/** A service beside this one. */
public enum Peer {
  DATA("data-service"),
  TRAINER("trainer-service"),
  EVAL("eval-service");

  private final String label;

  Peer(String label) {
    this.label = label;
  }

  /** As people and settings name it. */
  public String label() {
    return label;
  }
}
