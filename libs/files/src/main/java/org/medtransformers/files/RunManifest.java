package org.medtransformers.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;

/**
 * What a run's folder says of itself, so that its files can be understood without the services that
 * made them: {@code run.json}.
 *
 * @param configSha256 of the resolved run file; null where the request did not say
 * @param start the model that the training began with; null for first weights
 */
public record RunManifest(
    String runId,
    long seed,
    String configSha256,
    RunConfig config,
    PreparedDataset dataset,
    StartingPoint start) {
  public static final String FILE = "run.json";

  /** The weights in a checkpoint, and in a copy of one, which has {@link #FILE} beside them. */
  public static final String WEIGHTS = "model.safetensors";

  /** The weights, their checkpoint, the checkpoints, the run. */
  private static final int LEVELS = 4;

  public static RunManifest of(TrainingEvent.Requested run) {
    return new RunManifest(
        run.runId(), run.seed(), run.configSha256(), run.config(), run.dataset(), run.start());
  }

  /**
   * The file in {@code folder}.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} if there is none, {@link
   *     ErrorCode#CHECKPOINT_UNREADABLE} if it is malformed
   */
  public static RunManifest read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw MedtransException.of(ErrorCode.NOT_FOUND, "there is no " + file);
    }
    try {
      RunManifest run = Json.read(Files.readString(file), RunManifest.class);
      if (run.runId() != null && run.config() != null && run.dataset() != null) {
        return run;
      }
      throw unreadable(file, new IOException("it describes no run"));
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The file beside {@code weights}, a file or a folder, or in the run's folder above; empty if
   * there is none. Throws as {@link #read}.
   */
  public static Optional<RunManifest> near(Path weights) {
    return Stream.iterate(weights, folder -> folder != null, Path::getParent)
        .limit(LEVELS)
        .filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
        .findFirst()
        .map(RunManifest::read);
  }

  /** Writes the file into {@code folder}, whole or not at all. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(folder.resolve(FILE), Json.pretty(this));
  }

  private static MedtransException unreadable(Path file, Exception e) {
    return MedtransException.of(
        ErrorCode.CHECKPOINT_UNREADABLE, "cannot read " + file + ": " + e.getMessage(), e);
  }
}
