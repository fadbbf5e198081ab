package org.medtransformers.gateway.erasure;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.erasure.ErasedThing;

/**
 * An erasure that is asked for.
 *
 * @param name of the group or image, which may be a patient's id: it is never repeated
 * @param dataset the only kind of data set that is meant; null: all that have such images
 */
public record ErasureWish(
    @NotNull(message = "must be group or image") ErasedThing thing,
    @NotNull(message = NAMES) @Size(min = 1, max = 1000, message = NAMES) String name,
    DatasetName dataset,
    boolean dryRun) {
  private static final String NAMES = "must be 1 to 1000 characters";

  /** Empty: all. */
  List<String> datasets() {
    return dataset == null ? List.of() : List.of(dataset.label());
  }
}
