package org.medtransformers.gateway.entity;

import java.util.Optional;
import java.util.regex.Pattern;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Runs as people name them. */
public final class NamedRuns {
  /** What the experiment file allows as {@code training_params.model_name}. */
  private static final Pattern MODEL_NAME = Pattern.compile("[\\w.+-]{1,200}");

  private NamedRuns() {}

  /**
   * Of what {@code scope} has, the run with the id {@code name}, or else the latest success under
   * that model name.
   */
  public static Optional<RunEntity> find(String name, Scope scope) {
    Optional<RunEntity> byId = Ids.parse(name).flatMap(id -> RunEntity.byId(id, scope));
    return byId.isEmpty() && MODEL_NAME.matcher(name).matches()
        ? RunEntity.latestSuccess(name, scope)
        : byId;
  }

  /**
   * The same.
   *
   * @throws MedtransException {@code NOT_FOUND} where there is none
   */
  public static RunEntity require(String name, Scope scope) {
    return find(name, scope)
        .orElseThrow(() -> MedtransException.of(ErrorCode.NOT_FOUND, "there is no run " + name));
  }
}
