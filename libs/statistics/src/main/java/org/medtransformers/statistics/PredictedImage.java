package org.medtransformers.statistics;

import java.util.List;

/**
 * What a model says of one image.
 *
 * @param image its id in the data set
 * @param group its patient or lesion; empty where none is known
 * @param classes that the image really shows: one, or any number where it may show several
 * @param prediction that the model says it shows, likewise
 * @param probabilities one per class
 */
public record PredictedImage(
    String image,
    String group,
    List<Integer> classes,
    List<Integer> prediction,
    List<Double> probabilities) {
  public PredictedImage {
    classes = List.copyOf(classes);
    prediction = List.copyOf(prediction);
    probabilities = List.copyOf(probabilities);
  }
}
