package org.medtransformers.contracts.result;

/**
 * The place of a run in a chain of trainings, each of which begins with the backbone of the one
 * before.
 *
 * @param number from 1
 * @param last whether the chain ends with it: only then it is compared with others
 */
public record Phase(int number, boolean last) {
  /** Of a run that is all there is. */
  public static final Phase ONLY = new Phase(1, true);
}
