package org.medtransformers.gateway.start;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.RunManifest;
import org.medtransformers.service.path.DataRoots;

/** Weight files that a document names by their path, which must lie below the allowed roots. */
@Singleton
final class WeightPaths {
  private final DataRoots roots;
  private final WeightDigests digests;

  WeightPaths(DataRoots roots, WeightDigests digests) {
    this.roots = roots;
    this.digests = digests;
  }

  /**
   * Weights as they are now.
   *
   * @param path absolute, links resolved: a weight file, or a checkpoint's folder
   * @param sha256 of the weight file
   * @param run that trained them, where there is a {@code run.json} near
   */
  record Weights(String path, String sha256, Optional<RunManifest> run) {}

  /**
   * Looks at {@code path}.
   *
   * @param key of the document, for messages
   * @throws MedtransException {@code PATH_NOT_ALLOWED}, {@code NOT_FOUND}, or {@code
   *     CHECKPOINT_UNREADABLE} for a damaged {@code run.json}
   */
  Weights find(String key, String path) {
    try {
      Path real = roots.requireAllowed(path);
      Path file =
          Files.isDirectory(real)
              ? roots.requireAllowed(real.resolve(RunManifest.WEIGHTS).toString())
              : real;
      return new Weights(real.toString(), digests.of(file), RunManifest.near(real));
    } catch (MedtransException e) {
      throw MedtransException.of(e.code(), key + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND, "%s: cannot read %s: %s".formatted(key, path, e.getMessage()), e);
    }
  }
}
