package org.medtransformers.contracts.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a line of the audit trail is of. */
public enum AuditAction {
  /** A browser, by a link or a token; or a token that is none. */
  SIGN_IN,
  SIGN_OUT,
  MAKE_SIGN_IN_LINK,
  MAKE_TOKEN,
  WITHDRAW_TOKEN,
  /** Also to plan one, for which trainings of a minute are started. */
  START_EXPERIMENT,
  /** To mark, note or share one. */
  CHANGE_EXPERIMENT,
  CANCEL_EXPERIMENT,
  DELETE_EXPERIMENT,
  RESUME_RUN,
  /** Another evaluation of a run's model. */
  EVALUATE_RUN,
  /** The images of a test set were shown to a model of somebody's. */
  MEASURE_ON_TEST,
  PREDICT,
  DOWNLOAD_FILE,
  EXPORT_MODEL,
  EXPORT_REPORT,
  EXPORT_PREDICTIONS,
  READ_DEAD_LETTER,
  REPLAY_DEAD_LETTER,
  DROP_DEAD_LETTER,
  CLEAN_UP,
  /** Whose images were erased is not told: that would keep what has to go. */
  ERASE_DATA;

  private static final String LABELS =
      Arrays.stream(values()).map(AuditAction::label).collect(Collectors.joining(", "));

  /** In small letters with hyphens, as in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The action called {@code label}.
   *
   * @throws IllegalArgumentException naming those there are
   */
  @JsonCreator
  public static AuditAction of(String label) {
    return Arrays.stream(values())
        .filter(action -> action.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is no action; there are: %s".formatted(label, LABELS)));
  }
}
