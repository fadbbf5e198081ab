package org.medtransformers.contracts.result;

import java.util.List;
import org.medtransformers.contracts.data.Task;

/**
 * What a trained model says of one image.
 *
 * @param runId of the run that trained it
 * @param dataset that it was trained on
 * @param classes of that data set, in its order
 * @param attention PNG of what the model looks at, in base64; null where it was not asked for or
 *     the network has no such thing
 */
public record ImagePrediction(
    String runId, String dataset, Task task, List<ClassProbability> classes, String attention) {
  public ImagePrediction {
    classes = List.copyOf(classes);
  }

  /**
   * One class.
   *
   * @param predicted whether the image is said to show it: one of them, or any number where an
   *     image may show several
   */
  public record ClassProbability(String name, double probability, boolean predicted) {}
}
