package org.medtransformers.learning.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.files.ProcessLock;
import org.medtransformers.files.download.Download;
import org.medtransformers.files.download.Transfer;
import org.medtransformers.files.download.VerifiedDownload;

/**
 * Published weight files: from a folder that the user filled, from those that were downloaded
 * before, or from their publisher. Whatever is handed out has the hash that is published, or that
 * somebody has pinned, and the one of the file that was used first. May be shared between
 * processes.
 */
public final class WeightStore {
  private static final System.Logger LOG = System.getLogger(WeightStore.class.getName());

  private final Path folder;
  private final Optional<Path> given;
  private final Download.Patience patience;

  /**
   * @param folder of downloaded files and of what is known of all of them
   * @param given a folder that is looked into first and never written to
   */
  public WeightStore(Path folder, Optional<Path> given) {
    this(folder, given, Download.Patience.DEFAULT);
  }

  WeightStore(Path folder, Optional<Path> given, Download.Patience patience) {
    this.folder = folder;
    this.given = given;
    this.patience = patience;
  }

  /**
   * The file of {@code weights}, verified.
   *
   * @return nothing if told to stop; what was downloaded so far is kept for the next time
   * @throws MedtransException {@link ErrorCode#WEIGHTS_UNAVAILABLE} saying which file to put where
   *     if it is not at hand and cannot be downloaded, or which hash to pin where none is known,
   *     {@link ErrorCode#WEIGHTS_UNREADABLE} if it is another file than the published one
   */
  public Optional<Path> get(PublishedWeights weights, Transfer transfer)
      throws InterruptedException {
    String name = weights.fileName();
    try {
      Files.createDirectories(folder);
      try (ProcessLock lock = ProcessLock.await(folder.resolve(".lock"), transfer::stopped)) {
        return lock == null ? Optional.empty() : find(weights, transfer);
      }
    } catch (IOException e) {
      throw DiskErrors.describe(e, "fetching %s into %s".formatted(name, folder));
    }
  }

  private Optional<Path> find(PublishedWeights weights, Transfer transfer)
      throws IOException, InterruptedException {
    String name = weights.fileName();
    weights
        .unverifiable(folder)
        .ifPresent(
            reason -> {
              throw MedtransException.of(ErrorCode.WEIGHTS_UNAVAILABLE, reason);
            });
    Path file = folder.resolve(name);
    Fingerprint fingerprint = new Fingerprint(weights.sha256(), weights.pin(folder));
    Optional<Path> theirs = given.map(f -> f.resolve(name)).filter(Files::exists);
    if (theirs.isPresent()) {
      Optional<String> mismatch = fingerprint.mismatch(theirs.get());
      if (mismatch.isPresent()) {
        throw wrong(theirs.get(), mismatch.get());
      }
      return theirs;
    }
    if (Files.exists(file)) {
      Optional<String> mismatch = fingerprint.mismatch(file);
      if (mismatch.isEmpty()) {
        return Optional.of(file);
      }
      Path aside = folder.resolve(name + ".damaged");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.log(
          System.Logger.Level.WARNING,
          "Moved {0} to {1}: {2}",
          file,
          aside.getFileName(),
          mismatch.get());
    }
    return download(weights, fingerprint, file, transfer) ? Optional.of(file) : Optional.empty();
  }

  private boolean download(
      PublishedWeights weights, Fingerprint fingerprint, Path file, Transfer transfer)
      throws InterruptedException {
    LOG.log(System.Logger.Level.INFO, "Downloading {0} ({1})", weights.url(), weights.licence());
    try {
      return new VerifiedDownload(weights.url(), file, patience, fingerprint::mismatch)
          .run(transfer);
    } catch (VerifiedDownload.WrongFileException e) {
      throw wrong(file, e.getMessage() + "; what came from " + weights.url() + " was removed");
    } catch (IOException e) {
      MedtransException known = DiskErrors.describe(e, "downloading into " + folder);
      if (known.code() == ErrorCode.DISK_FULL) {
        throw known;
      }
      throw MedtransException.of(
          ErrorCode.WEIGHTS_UNAVAILABLE,
          "%s cannot be downloaded (%s). Put the file %s into %s and run again"
              .formatted(
                  weights.url(),
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(),
                  weights.fileName(),
                  given.map(g -> g + " or " + folder).orElse(folder.toString())),
          e);
    }
  }

  private static MedtransException wrong(Path file, String mismatch) {
    return MedtransException.of(
        ErrorCode.WEIGHTS_UNREADABLE, "%s is not the published file: %s".formatted(file, mismatch));
  }
}
