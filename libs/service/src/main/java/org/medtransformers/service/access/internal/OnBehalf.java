package org.medtransformers.service.access.internal;

/** In whose name a service asks another that asks for more than itself. */
@FunctionalInterface
public interface OnBehalf {
  /** The person who waits for the answer; the service itself where nobody does. */
  String person();
}
