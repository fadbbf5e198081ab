package org.medtransformers.gateway.access;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.Ids;
import org.medtransformers.gateway.entity.Scope;

/**
 * What whoever asks may do with single things, beyond what the role says. What they may not see is
 * not there for them ({@link Scope}); what they see and may not do is refused.
 */
@Singleton
public final class Access {
  private final Callers callers;

  Access(Callers callers) {
    this.callers = callers;
  }

  /** What whoever asks may see. */
  public Scope scope() {
    Caller caller = callers.current();
    return caller.role().includes(Role.OPERATOR)
        ? Scope.EVERYTHING
        : new Scope(caller.person(), caller.team());
  }

  /**
   * The experiment with the id {@code id}, locked, for whoever asks to change, end or delete it.
   *
   * @throws MedtransException {@code NOT_FOUND} where they may not see it, {@code NOT_PERMITTED}
   *     where it is neither theirs nor their team's
   */
  public ExperimentEntity toChange(String id) {
    return Ids.parse(id).flatMap(this::toChange).orElseThrow(() -> ExperimentEntity.unknown(id));
  }

  /**
   * The same; empty where they may not see it.
   *
   * @throws MedtransException {@code NOT_PERMITTED} where it is neither theirs nor their team's
   */
  public Optional<ExperimentEntity> toChange(UUID id) {
    Optional<ExperimentEntity> experiment = ExperimentEntity.lock(id).filter(scope()::contains);
    experiment.ifPresent(this::requireOwn);
    return experiment;
  }

  private void requireOwn(ExperimentEntity experiment) {
    Caller caller = callers.current();
    boolean own = experiment.owner.equals(caller.person()) || experiment.team.equals(caller.team());
    if (!caller.role().includes(Role.ADMIN) && !own) {
      throw refused(experiment, "and team " + experiment.team);
    }
  }

  /**
   * Lets only its person, and an administrator, say who else sees {@code experiment}.
   *
   * @throws MedtransException {@code NOT_PERMITTED} to others
   */
  public void requirePerson(ExperimentEntity experiment) {
    Caller caller = callers.current();
    if (!caller.role().includes(Role.ADMIN) && !experiment.owner.equals(caller.person())) {
      throw refused(experiment, "who alone may share it");
    }
  }

  private static MedtransException refused(ExperimentEntity experiment, String further) {
    return MedtransException.of(
        ErrorCode.NOT_PERMITTED,
        "experiment %s belongs to %s %s".formatted(experiment.id, experiment.owner, further));
  }
}
