package org.medtransformers.gateway.history;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.inject.Singleton;

/**
 * Tells those who follow an experiment that this replica has just committed something about it. Of
 * what other replicas commit they learn by looking now and then.
 */
@Singleton
public class ExperimentNews {
  private final BroadcastProcessor<String> told = BroadcastProcessor.create();

  /** The id of the experiment whenever there is something new to see, from now on. */
  public Multi<String> of(String experimentId) {
    return told.filter(experimentId::equals);
  }

  /** There is something new to see. */
  synchronized void tell(String experimentId) {
    told.onNext(experimentId);
  }
}
