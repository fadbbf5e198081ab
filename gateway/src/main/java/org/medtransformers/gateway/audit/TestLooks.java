package org.medtransformers.gateway.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;

/**
 * Counts in how many experiments somebody has had models measured on the same test images: the more
 * often such results say what is tried next, the better the best of it looks on them by chance.
 */
@Singleton
public final class TestLooks {
  private final Trail trail;
  private final int many;

  @Inject
  TestLooks(Trail trail, GatewayConfig config) {
    this(trail, config.testLooks());
  }

  TestLooks(Trail trail, int many) {
    this.trail = trail;
    this.many = many;
  }

  /**
   * Tells that a model of {@code run} was measured on its test images.
   *
   * @return what to tell of that, where they have been looked at many times
   */
  public Optional<String> measured(ExperimentEntity experiment, RunEntity run) {
    String set = run.prepared.testImages();
    trail.done(
        new Deed(
            experiment.owner, experiment.team, null, null, AuditAction.MEASURE_ON_TEST, set, null),
        experiment.id.toString());
    int experiments = trail.experimentsMeasuredOn(set, experiment.owner);
    return experiments < many
        ? Optional.empty()
        : Optional.of(
            "%s: models of %d experiments of %s have been measured on these test images, deleted ones counted; what is chosen by such results looks better on them than it is"
                .formatted(run.prepared.description().name(), experiments, experiment.owner));
  }
}
