package org.medtransformers.gateway.history;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
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
      Optional<Path> existing = nearestExisting(Path.of(saveDir));
      return existing.isPresent()
          && !roots.requireAllowed(existing.get().toString()).startsWith(realArtifacts());
    } catch (InvalidPathException | MedtransException e) {
      return false;
    }
  }

  /** A link on the way is resolved where it exists, so it is enough to look at that part. */
  private static Optional<Path> nearestExisting(Path path) {
    Path folder = path.isAbsolute() ? path.normalize() : null;
    while (folder != null && Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      folder = folder.getParent();
    }
    return Optional.ofNullable(folder);
  }

  private Path realArtifacts() {
    try {
      return artifacts.root().toRealPath();
    } catch (IOException e) {
      return artifacts.root();
    }
  }
}
