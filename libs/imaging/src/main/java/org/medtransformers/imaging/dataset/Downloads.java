package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.files.ProcessLock;
import org.medtransformers.files.download.Download;
import org.medtransformers.files.download.Transfer;
import org.medtransformers.files.download.VerifiedDownload;

/**
 * The folder of downloaded data sets, which processes may share.
 *
 * @param transfer hears of progress; what it throws ends the download, and what has come so far is
 *     gone on with the next time
 */
public record Downloads(Path folder, Transfer.Progress transfer) {

  /**
   * The file {@code name}: as it was downloaded before, or from {@code url}.
   *
   * @param md5 in hex, as its publisher says
   * @throws MedtransException {@link ErrorCode#DATASET_UNAVAILABLE} where it cannot be downloaded,
   *     {@link ErrorCode#DATASET_INVALID} where what came is another file
   */
  Path get(URI url, String name, String md5) {
    Transfer patiently = new Transfer(transfer, () -> false);
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      try (ProcessLock lock = ProcessLock.await(folder.resolve(".lock"), patiently::stopped)) {
        if (!Files.exists(file)) {
          download(url, md5, file, patiently);
        }
        return file;
      }
    } catch (IOException e) {
      throw DiskErrors.describe(e, "downloading %s into %s".formatted(name, folder));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MedtransException.of(ErrorCode.UNAVAILABLE, "a download was interrupted", e);
    }
  }

  private void download(URI url, String md5, Path file, Transfer patiently)
      throws IOException, InterruptedException {
    VerifiedDownload.Check check = found -> Optional.of(md5(found)).filter(sum -> !sum.equals(md5));
    try {
      new VerifiedDownload(url, file, Download.Patience.DEFAULT, check).run(patiently);
    } catch (VerifiedDownload.WrongFileException e) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s is not the published file: its MD5 is %s, published is %s; it was removed"
              .formatted(url, e.getMessage(), md5),
          e);
    } catch (IOException e) {
      MedtransException known = DiskErrors.describe(e, "downloading into " + folder);
      if (known.code() == ErrorCode.DISK_FULL) {
        throw known;
      }
      throw MedtransException.of(
          ErrorCode.DATASET_UNAVAILABLE,
          "%s cannot be downloaded (%s). Put the file %s into the data set's folder and run again"
              .formatted(url, e, file.getFileName()),
          e);
    }
  }

  /** Not safe against an attacker, but all that is published; it comes over TLS. */
  private static String md5(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
