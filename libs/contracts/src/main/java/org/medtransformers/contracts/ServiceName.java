package org.medtransformers.contracts;

import java.util.Arrays;
import java.util.Optional;

/** Who says something between the services: in events, in tokens, to the broker. */
public enum ServiceName {
  GATEWAY("gateway"),
  DATA("data-service"),
  TRAINER("trainer-service"),
  EVAL("eval-service");

  private static final String SOURCE = "/medtransformers/";

  private final String label;

  ServiceName(String label) {
    this.label = label;
  }

  /** As people and settings name it. */
  public String label() {
    return label;
  }

  /** The CloudEvents {@code source} of its events. */
  public String source() {
    return sourceOf(label);
  }

  /** The {@code source} of the events of a service with this label. */
  public static String sourceOf(String label) {
    return SOURCE + label;
  }

  /** The one with this label; empty for a program that is none of ours. */
  public static Optional<ServiceName> named(String label) {
    return Arrays.stream(values()).filter(service -> service.label.equals(label)).findFirst();
  }
}
