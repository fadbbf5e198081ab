package org.medtransformers.contracts.experiment;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the experiment document: validates it, fills in defaults, expands it to runs. */
public final class ExperimentFile {
  private ExperimentFile() {}

  /**
   * Validates and expands {@code document} without touching anything else.
   *
   * @throws org.medtransformers.contracts.error.MedtransException with one error per mistake, each
   *     naming the JSON path, what was found and what is allowed
   */
  public static Experiment read(JsonNode document) {
    throw new UnsupportedOperationException(document.toString());
  }
}
