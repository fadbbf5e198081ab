package org.medtransformers.files.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Brings one file and lets it appear under its name only if it is the right one. What has come of
 * it waits beside it, as {@code <name>.part}, for a later attempt. The caller holds a lock where
 * several processes may want the same file.
 *
 * @param file what it becomes; its folder exists
 */
public record VerifiedDownload(URI url, Path file, Download.Patience patience, Check check) {

  /** Tells what is wrong with a file, or nothing. */
  @FunctionalInterface
  public interface Check {
    Optional<String> mismatch(Path file) throws IOException;
  }

  /** Another file came than the published one; it was removed. */
  public static final class WrongFileException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongFileException(String mismatch) {
      super(mismatch);
    }
  }

  /**
   * Downloads, verifies, renames.
   *
   * @return false if it was told to stop; what has come so far stays
   * @throws WrongFileException if what came is another file
   * @throws IOException if it is given up; what has come so far stays
   */
  public boolean run(Transfer transfer) throws IOException, InterruptedException {
    String name = file.getFileName().toString();
    Path part = file.resolveSibling(name + ".part");
    boolean resumed = Files.exists(part);
    if (!new Download(url, part, patience).run(name, transfer)) {
      return false;
    }
    Optional<String> mismatch = check.mismatch(part);
    if (mismatch.isEmpty()) {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
    Files.delete(part);
    if (resumed) {
      // The beginning may be of an older download that broke: once more, from the start.
      return run(transfer);
    }
    throw new WrongFileException(mismatch.get());
  }
}
