package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * One labelled image.
 *
 * @param id as in the label file
 * @param classes that the image shows, ascending, from 0: one, or any number where the data set's
 *     task is to find several
 * @param group patient or lesion; empty where unknown
 */
public record Sample(String id, ImageSource source, List<Integer> classes, String group) {
  public Sample {
    classes = List.copyOf(classes);
  }

  /** An image in a file of its own that shows one class. */
  public Sample(String id, Path file, int label, String group) {
    this(id, new ImageFile(file), List.of(label), group);
  }
}
