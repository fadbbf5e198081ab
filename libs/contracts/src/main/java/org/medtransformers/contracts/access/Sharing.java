package org.medtransformers.contracts.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who may see an experiment besides its person, and whoever sees everything. */
public enum Sharing {
  /** Nobody. */
  PRIVATE,
  /** The team that it belongs to. */
  TEAM,
  /** Whoever has signed in. */
  ALL;

  private static final String LABELS =
      Arrays.stream(values()).map(Sharing::label).collect(Collectors.joining(", "));

  /** In small letters, as in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is called {@code label}.
   *
   * @throws IllegalArgumentException naming those there are
   */
  @JsonCreator
  public static Sharing of(String label) {
    return Arrays.stream(values())
        .filter(sharing -> sharing.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is no sharing; there are: %s".formatted(label, LABELS)));
  }
}
