package org.medtransformers.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** What lies beside a {@link LocalDatabase}'s data. */
final class DatabaseFiles {
  static final String PASSWORD = "password";
  static final String INITIALISED = "initialised";

  private DatabaseFiles() {}

  /**
   * Readies the folder for a start. A cluster whose making was interrupted has never held anything
   * and is removed.
   *
   * @return whether a new cluster is to be made
   */
  static boolean prepare(Path directory) throws IOException {
    if (Files.exists(directory.resolve(INITIALISED))) {
      return false;
    }
    FileUtils.deleteDirectory(directory.resolve("data").toFile());
    PrivateFiles.write(directory.resolve(PASSWORD), Secrets.fresh());
    return true;
  }

  /** The password of the owner of the database {@code name}, made where there is none yet. */
  static String ownersPassword(Path directory, String name) {
    return Secrets.in(directory.resolve(PASSWORD + "-" + name));
  }

  static String password(Path directory) {
    try {
      return Files.readString(directory.resolve(PASSWORD));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the database password; without it the data in "
              + directory
              + " cannot be opened, delete that folder to start anew",
          e);
    }
  }
}
