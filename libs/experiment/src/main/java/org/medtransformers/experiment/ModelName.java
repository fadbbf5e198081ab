package org.medtransformers.experiment;

/** Names of models that are made from another's. */
final class ModelName {
  /** What the experiment file allows. */
  private static final int LONGEST = 200;

  private ModelName() {}

  /** {@code name} with {@code ending}, which it may have already; cut to the allowed length. */
  static String ending(String name, String ending) {
    int longest = LONGEST - ending.length();
    return name.endsWith(ending)
        ? name
        : name.substring(0, Math.min(name.length(), longest)) + ending;
  }
}
