package org.medtransformers.contracts.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may do; each may do what those before it may. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Starts experiments, and ends and deletes those of the own person or team. */
  RESEARCHER,
  /** Sees everybody's experiments, queues and dead letters. */
  OPERATOR,
  /** May do everything. */
  ADMIN;

  private static final String ALL_LABELS =
      Arrays.stream(values()).map(Role::label).collect(Collectors.joining(", "));

  /** In small letters, as in tokens, configuration and JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role called {@code label}.
   *
   * @throws IllegalArgumentException naming those there are
   */
  @JsonCreator
  public static Role of(String label) {
    return Arrays.stream(values())
        .filter(role -> role.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is no role; there are: %s".formatted(label, ALL_LABELS)));
  }

  /** Whether it may do what {@code other} may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The labels of all roles whose rights it has. */
  public Set<String> labels() {
    return Arrays.stream(values())
        .filter(this::includes)
        .map(Role::label)
        .collect(Collectors.toUnmodifiableSet());
  }
}
