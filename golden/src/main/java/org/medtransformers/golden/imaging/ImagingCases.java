package org.medtransformers.golden.imaging;

import java.util.List;
import org.medtransformers.parity.CaseRunner;

/** The groups of golden cases that this library can run. */
public final class ImagingCases {
  private ImagingCases() {}

  /** One runner per group. */
  public static List<CaseRunner> runners() {
    return List.of(new SplitCases(), new TransformCases());
  }
}
