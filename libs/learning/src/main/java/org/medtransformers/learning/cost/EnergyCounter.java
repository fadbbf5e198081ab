package org.medtransformers.learning.cost;

import java.util.OptionalDouble;

/**
 * Adds up the energy that a part of the machine has taken since it was asked for the first time.
 */
interface EnergyCounter {
  /**
   * Joules so far; empty where the machine does not tell, or has not told at any time before. To be
   * asked every few seconds at least, before the machine's own counter begins anew.
   */
  OptionalDouble joules();
}
