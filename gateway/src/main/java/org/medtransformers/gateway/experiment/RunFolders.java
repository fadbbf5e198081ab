package org.medtransformers.gateway.experiment;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.Disk;
import org.medtransformers.service.path.Artifacts;

/** What runs leave behind on disk. */
@Singleton
final class RunFolders {
  private final Artifacts artifacts;

  RunFolders(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * Makes sure that what a training has left is still there to go on from.
   *
   * @throws MedtransException {@code NOT_FOUND} if it is not
   */
  void requireKept(UUID runId) {
    Path folder = artifacts.run(runId.toString());
    if (!Files.isDirectory(folder)) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "run %s cannot go on: its folder %s is gone; submit the experiment again"
              .formatted(runId, folder));
    }
  }

  /** Deletes the run's folder, if there is one. Links are deleted, never followed. */
  void delete(UUID runId) {
    Path folder = artifacts.run(runId.toString());
    try {
      new Disk().delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
