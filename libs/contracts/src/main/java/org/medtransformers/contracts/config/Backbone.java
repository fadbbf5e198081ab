package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** The networks that can be compared, by their names in the experiment file. */
public enum Backbone {
  RESNET18("resnet18", Family.RESNET),
  RESNET34("resnet34", Family.RESNET),
  RESNET50("resnet50", Family.RESNET),
  RESNET101("resnet101", Family.RESNET),
  RESNET152("resnet152", Family.RESNET),
  DEIT_TINY("deit_tiny", Family.VISION_TRANSFORMER),
  DEIT_SMALL("deit_small", Family.VISION_TRANSFORMER),
  DEIT_BASE("deit_base", Family.VISION_TRANSFORMER),
  VIT_BASE("vit_base", Family.VISION_TRANSFORMER),
  /** Tiny: shows that the machinery works, not what residual networks are worth. */
  TEST_RESNET("test_resnet", Family.RESNET),
  /** Tiny: shows that the machinery works, not what vision transformers are worth. */
  TEST_VIT("test_vit", Family.VISION_TRANSFORMER);

  /** What is being compared. */
  public enum Family {
    RESNET,
    VISION_TRANSFORMER
  }

  private final String label;
  private final Family family;

  Backbone(String label, Family family) {
    this.label = label;
    this.family = family;
  }

  /** The name in the experiment file, {@code backbone_type}. */
  @JsonValue
  public String label() {
    return label;
  }

  public Family family() {
    return family;
  }

  /**
   * The backbone called {@code label}; throws {@link IllegalArgumentException} if there is none.
   */
  @JsonCreator
  public static Backbone of(String label) {
    return Arrays.stream(values())
        .filter(b -> b.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown backbone " + label));
  }
}
