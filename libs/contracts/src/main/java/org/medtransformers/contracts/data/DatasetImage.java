package org.medtransformers.contracts.data;

import java.util.Map;

/**
 * One image of a prepared data set, as its label and metadata files know it.
 *
 * @param index its row in the prepared data set's index, as in the batches
 * @param id as in the label file
 * @param group patient or lesion; empty where unknown
 * @param attributes what else is known of the patient or the image, such as sex, age and site
 */
public record DatasetImage(int index, String id, String group, Map<String, String> attributes) {
  public DatasetImage {
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
  }
}
