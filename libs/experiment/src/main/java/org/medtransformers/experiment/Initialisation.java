package org.medtransformers.experiment;

import org.medtransformers.contracts.config.RunConfig;

/** What the tables call the beginning of a training: the rows of the comparison. */
final class Initialisation {
  private Initialisation() {}

  /** The method that {@code run} learns by. */
  static String method(RunConfig run) {
    return run.medtrans().method().displayName();
  }

  /** The row of {@code run}: its start, and its method where it does not learn from labels. */
  static String row(RunConfig run, String start) {
    return run.medtrans().supervised() ? start : start + " + " + method(run) + ", kNN";
  }

  /** What {@code run} begins with: {@code random}, {@code ImageNet (dino)}, … */
  static String start(RunConfig run) {
    if (run.training().restores()) {
      return "restored (" + run.training().modelName() + ")";
    }
    if (run.transfers()) {
      return "transfer (" + run.transfer().label() + ")";
    }
    if (!run.model().pretrained()) {
      return "random";
    }
    String file = run.medtrans().weightsFile();
    return file == null
        ? "ImageNet (" + run.model().transformer().pretrainedType() + ")"
        : file.substring(file.lastIndexOf('/') + 1);
  }
}
