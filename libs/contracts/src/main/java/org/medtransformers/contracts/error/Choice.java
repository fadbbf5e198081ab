package org.medtransformers.contracts.error;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One of several, by the name that requests give it. */
public final class Choice {
  private Choice() {}

  /**
   * That of {@code values} whose {@code key} is {@code asked}.
   *
   * @param what the parameter, for the error
   * @throws MedtransException {@code INVALID_REQUEST} naming those there are
   */
  public static <T> T of(String what, T[] values, Function<T, String> key, String asked) {
    return Arrays.stream(values)
        .filter(value -> key.apply(value).equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                MedtransException.of(
                    ErrorCode.INVALID_REQUEST,
                    "%s: found %s, allowed: %s"
                        .formatted(
                            what,
                            asked,
                            Arrays.stream(values).map(key).collect(Collectors.joining(", ")))));
  }
}
