package org.medtransformers.contracts.erasure;

import java.util.List;
import java.util.Objects;

/**
 * What the data-service has, or had, of images that are erased.
 *
 * @param sets prepared data sets with such images
 * @param failures sets that are in use, or cannot be looked into: a line each
 */
public record DataErasure(List<Found> sets, List<String> failures) {
  public DataErasure {
    sets = List.copyOf(sets);
    failures = List.copyOf(failures);
  }

  /** What is to be done; each step may be repeated. */
  public enum Step {
    /** Nothing: it is told what there is. */
    LOOK,
    /** From now on no data set is prepared with such images. */
    BAR,
    /** The sets go, with what the database says of them. */
    REMOVE
  }

  /**
   * What the data-service is asked for.
   *
   * @param name of the group or image; it is in no URL and no log, since it may be a patient's id
   * @param datasets kinds that are meant, as in the experiment file; none: all
   */
  public record Order(Step step, ErasedThing thing, String name, List<String> datasets) {
    public Order {
      datasets = List.copyOf(Objects.requireNonNullElse(datasets, List.of()));
    }

    /** Whether data sets of this kind are meant. */
    public boolean covers(String dataset) {
      return datasets.isEmpty() || datasets.contains(dataset);
    }
  }

  /**
   * A prepared data set.
   *
   * @param dataset its kind, as in the experiment file
   * @param images to be erased that it has; 0 where its index is damaged, so that it is not known
   * @param sources the files that they were made from, relative to the data set's folder; the first
   *     thousand
   */
  public record Found(String id, String dataset, int images, List<String> sources) {
    public Found {
      sources = List.copyOf(sources);
    }
  }
}
