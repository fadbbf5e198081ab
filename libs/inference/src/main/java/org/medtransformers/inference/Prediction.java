package org.medtransformers.inference;

import java.util.List;

/**
 * What the model says of one image.
 *
 * @param image its name
 * @param classes numbers of the classes it is said to show: one, or any where several may be shown
 * @param probabilities one per class
 */
public record Prediction(String image, List<Integer> classes, List<Double> probabilities) {
  public Prediction {
    classes = List.copyOf(classes);
    probabilities = List.copyOf(probabilities);
  }
}
