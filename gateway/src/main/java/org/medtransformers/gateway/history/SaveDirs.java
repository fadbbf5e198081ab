package org.medtransformers.gateway.history;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.path.DataRoots;

/**
 * Where a copy of the best checkpoint may be written: below the data roots, but not among the
 * artifacts of other runs.
 */
@Singleton
public final class SaveDirs {
  private final DataRoots roots;
  private final Artifacts artifacts;

  SaveDirs(DataRoots roots, Artifacts artifacts) {
    this.roots = roots;
    this.artifacts = artifacts;
  }

  /** Whether {@code saveDir} is either not given or allowed; it need not exist. */
  public boolean mayWrite(String saveDir) {
    if (saveDir == null || saveDir.isBlank()) {
      return true;
    }
    try {
      return !roots.requireWritable(saveDir).startsWith(realArtifacts());
    } catch (MedtransException e) {
      return false;
    }
  }

  private Path realArtifacts() {
    try {
      return artifacts.root().toRealPath();
    } catch (IOException e) {
      return artifacts.root();
    }
  }
}
