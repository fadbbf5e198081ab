package org.medtransformers.gateway.start;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.RunManifest;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.RunReferences;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.path.DataRoots;

/** Weight files that a document names by their path, which must lie below the allowed roots. */
@Singleton
final class WeightPaths {
  private final DataRoots roots;
  private final WeightDigests digests;
  private final Artifacts artifacts;
  private final RunReferences runs;
  private final Access access;

  WeightPaths(
      DataRoots roots,
      WeightDigests digests,
      Artifacts artifacts,
      RunReferences runs,
      Access access) {
    this.artifacts = artifacts;
    this.runs = runs;
    this.access = access;
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
      requireSeen(real);
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

  /** Below a run's folder lies what its experiment's readers may use. */
  private void requireSeen(Path file) throws IOException {
    Scope scope = access.scope();
    if (scope.equals(Scope.EVERYTHING) || !Files.isDirectory(artifacts.runs())) {
      return;
    }
    Path folder = artifacts.runs().toRealPath();
    if (file.startsWith(folder)
        && runs.of(List.of(folder.relativize(file).getName(0).toString()), scope).isEmpty()) {
      throw MedtransException.of(ErrorCode.NOT_FOUND, "there is no run that " + file + " is of");
    }
  }
}
