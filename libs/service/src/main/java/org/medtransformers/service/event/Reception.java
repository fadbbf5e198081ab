package org.medtransformers.service.event;

/** What became of a record. */
public enum Reception {
  /** It had its effect. */
  HANDLED,
  /** It had its effect before. */
  DUPLICATE,
  /** News of a type that is not known here, e.g. one of a newer version. */
  IGNORED,
  /** It can never be handled and lies in the dead-letter topic. */
  DEAD_LETTER
}
