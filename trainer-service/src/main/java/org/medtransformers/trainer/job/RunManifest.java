package org.medtransformers.trainer.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.event.TrainingEvent;

/**
 * What a run's folder says of itself, so that its files can be understood without the services that
 * made them: {@code run.json}.
 *
 * @param configSha256 of the resolved run file; null where the request did not say
 */
record RunManifest(
    String runId, long seed, String configSha256, RunConfig config, PreparedDataset dataset) {
  static final String FILE = "run.json";

  static RunManifest of(TrainingEvent.Requested run) {
    return new RunManifest(
        run.runId(), run.seed(), run.configSha256(), run.config(), run.dataset());
  }

  /** Writes the file into {@code folder}, whole or not at all. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, FILE, ".tmp");
    Files.writeString(draft, Json.pretty(this));
    Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}
