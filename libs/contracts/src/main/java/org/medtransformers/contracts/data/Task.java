package org.medtransformers.contracts.data;

/** What the network's outputs mean. */
public enum Task {
  /** One logit per class, cross-entropy. */
  MULTI_CLASS,
  /** One logit for the positive class, binary cross-entropy. */
  BINARY,
  /** An image shows any number of the classes: one logit for each, binary cross-entropy. */
  MULTI_LABEL
}
