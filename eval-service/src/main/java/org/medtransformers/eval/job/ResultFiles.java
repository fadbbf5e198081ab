package org.medtransformers.eval.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.DiskErrors;

/**
 * The files that an evaluation leaves in a run's folder. Each appears whole or not at all, the
 * results last, so whoever sees them sees the predictions too; doing it again writes the same.
 */
record ResultFiles(Path folder) {
  static final String RESULTS = "results.json";
  static final String PREDICTIONS = "predictions.csv";

  void write(EvaluationResults results, PredictionsFile predictions) {
    try {
      Files.createDirectories(folder);
      write(PREDICTIONS, predictions.csv());
      write(RESULTS, Json.pretty(results) + "\n");
    } catch (IOException e) {
      throw DiskErrors.describe(e, "writing the results into " + folder);
    }
  }

  Path results() {
    return folder.resolve(RESULTS);
  }

  private void write(String name, String text) throws IOException {
    Path draft = Files.createTempFile(folder, "." + name, ".tmp");
    try {
      Files.writeString(draft, text, StandardOpenOption.SYNC);
      Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
