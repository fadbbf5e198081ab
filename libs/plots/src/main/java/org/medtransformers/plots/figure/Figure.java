package org.medtransformers.plots.figure;

import java.util.List;
import java.util.function.Supplier;

/**
 * A figure. It is drawn when it is asked for.
 *
 * @param name by which it is asked for: small letters, numbers and hyphens
 * @param title one line
 * @param caption what it shows and how that was worked out, in sentences
 * @param n what was counted, such as {@code 3 trainings × 500 images}
 * @param panels of which it consists, two beside each other; not empty
 * @param numbers of what is shown, and of what there is no room for
 */
public record Figure(
    String name,
    String title,
    String caption,
    String n,
    List<Panel> panels,
    Supplier<Numbers> numbers) {
  public Figure {
    panels = List.copyOf(panels);
  }

  /** Self-contained, without script; always the same for the same figure. */
  public String svg() {
    return Svg.of(this);
  }

  /** A picture, with one and a half times as many pixels as {@link #svg} is wide. */
  public byte[] png() {
    return new Sheet(panels).png();
  }

  public String csv() {
    return numbers.get().csv();
  }
}
