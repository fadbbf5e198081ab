package org.medtransformers.gateway.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.service.database.Outage;

/**
 * One look for what nobody needs any more. What cannot be removed is another round's business, and
 * hinders nothing else; without a database nothing can be.
 */
final class Round {
  private final boolean dryRun;
  private final List<String> failures = new ArrayList<>();

  /**
   * @param dryRun whether it is only told what would be removed
   */
  Round(boolean dryRun) {
    this.dryRun = dryRun;
  }

  boolean dryRun() {
    return dryRun;
  }

  /** What could not be done, a line each. */
  List<String> failures() {
    return failures;
  }

  /** The result of {@code step}, which is about {@code thing}; {@code otherwise} where it fails. */
  <T> T attempt(String thing, T otherwise, Callable<T> step) {
    try {
      return step.call();
    } catch (Exception e) {
      if (Outage.causes(e) && e instanceof RuntimeException away) {
        throw away;
      }
      failures.add(thing + ": " + MedtransException.describe(e).message());
      return otherwise;
    }
  }
}
