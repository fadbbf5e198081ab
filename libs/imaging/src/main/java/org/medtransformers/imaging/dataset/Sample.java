package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One labelled image.
 *
 * @param id as in the label file
 * @param classes that the image shows, ascending, from 0: one, or any number where the data set's
 *     task is to find several
 * @param group patient or lesion; empty where unknown
 * @param attributes what else the metadata knows, by name, in a fixed order
 */
public record Sample(
    String id,
    ImageSource source,
    List<Integer> classes,
    String group,
    SortedMap<String, String> attributes) {
  public Sample {
    classes = List.copyOf(classes);
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** The same image in another group. */
  Sample in(String other) {
    return new Sample(id, source, classes, other, attributes);
  }

  /** An image of which nothing else is known. */
  public Sample(String id, ImageSource source, List<Integer> classes, String group) {
    this(id, source, classes, group, Collections.emptySortedMap());
  }

  /** An image in a file of its own that shows one class. */
  public Sample(String id, Path file, int label, String group) {
    this(id, new ImageFile(file), List.of(label), group);
  }
}
