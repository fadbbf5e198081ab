package org.medtransformers.imaging.split;

import java.util.List;

/**
 * An image that a split has to put somewhere.
 *
 * @param id unique
 * @param group patient or lesion; empty where unknown
 * @param classes numbers from 0: one, or with several labels any number of them
 */
public record Candidate(String id, String group, List<Integer> classes) {
  public Candidate {
    classes = List.copyOf(classes);
  }
}
