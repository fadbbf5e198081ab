package org.medtransformers.contracts.erasure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What is erased: all images of one patient or lesion, or one image. */
public enum ErasedThing {
  /** By the group that the data set knows of its images. */
  GROUP,
  /** By its id in the label file. */
  IMAGE;

  /** In small letters, as in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is called {@code label}.
   *
   * @throws IllegalArgumentException naming those there are; not what was given, which may be a
   *     patient's id
   */
  @JsonCreator
  public static ErasedThing of(String label) {
    return Arrays.stream(values())
        .filter(thing -> thing.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there are: group, image"));
  }

  /** Whether this, called {@code name}, is that of an image of {@code group} called {@code id}. */
  public boolean matches(String name, String group, String id) {
    return switch (this) {
      case GROUP -> group.equals(name);
      case IMAGE -> id.equals(name);
    };
  }
}
