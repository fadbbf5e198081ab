package org.medtransformers.service.path;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Where trained models are read from, as commands name them. */
@Singleton
public final class ModelPaths {
  private final Artifacts artifacts;
  private final DataRoots roots;

  ModelPaths(Artifacts artifacts, DataRoots roots) {
    this.artifacts = artifacts;
    this.roots = roots;
  }

  /**
   * The real path of a model.
   *
   * @param path relative to the artifact root, then it must lie among the runs, or absolute, then
   *     below one of the roots; links resolved
   * @throws MedtransException {@link ErrorCode#PATH_NOT_ALLOWED} if it lies elsewhere, {@link
   *     ErrorCode#CHECKPOINT_UNREADABLE} if there is nothing
   */
  public Path require(String path) {
    try {
      if (Path.of(path).isAbsolute()) {
        return roots.requireAllowed(path);
      }
      Path runs = artifacts.root().resolve("runs").toRealPath();
      Path real = artifacts.resolve(path).toRealPath();
      if (real.startsWith(runs)) {
        return real;
      }
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_UNREADABLE, path + ": no readable model: " + e.getMessage(), e);
    }
    throw MedtransException.of(ErrorCode.PATH_NOT_ALLOWED, path + " does not lie among the runs");
  }
}
