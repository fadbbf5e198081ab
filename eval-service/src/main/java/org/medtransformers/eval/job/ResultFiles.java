package org.medtransformers.eval.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.files.WholeFile;

/**
 * The files that an evaluation leaves in a run's folder. Each appears whole or not at all, the
 * results last, so whoever sees them sees the others too; doing it again writes the same.
 */
record ResultFiles(Path folder) {

  /**
   * @param results the text of {@code results.json}
   * @param others by name, with folders where there are any
   */
  void write(String results, Map<String, byte[]> others) {
    try {
      for (Map.Entry<String, byte[]> file : others.entrySet()) {
        write(file.getKey(), file.getValue());
      }
      write(EvaluationResults.FILE, results.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw DiskErrors.describe(e, "writing the results into " + folder);
    }
  }

  Path results() {
    return folder.resolve(EvaluationResults.FILE);
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    WholeFile.write(file, out -> out.write(content));
  }
}
