package org.medtransformers.gateway.run;

import java.util.Optional;
import java.util.regex.Pattern;
import org.medtransformers.gateway.entity.RunEntity;

/** Runs as people name them. */
public final class NamedRuns {
  /** What the experiment file allows as {@code training_params.model_name}. */
  private static final Pattern MODEL_NAME = Pattern.compile("[\\w.+-]{1,200}");

  private NamedRuns() {}

  /** The run with the id {@code name}, or else the latest success under that model name. */
  public static Optional<RunEntity> find(String name) {
    Optional<RunEntity> byId = Ids.parse(name).flatMap(id -> RunEntity.findByIdOptional(id));
    return byId.isEmpty() && MODEL_NAME.matcher(name).matches()
        ? RunEntity.latestSuccess(name)
        : byId;
  }
}
