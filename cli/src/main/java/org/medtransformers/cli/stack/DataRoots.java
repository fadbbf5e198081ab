package org.medtransformers.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * The file of folders that services may read data from, one per line; they read it again at every
 * check. Only a person adds to it, by naming a folder in a flag: a path inside an experiment file,
 * which may come from anywhere, does not.
 */
public final class DataRoots {
  private final Path file;

  public DataRoots(Path home) {
    this.file = home.resolve("data-roots");
  }

  /** Lets the services of this machine read {@code folder}, and says so where they could not. */
  public void allow(Path folder, Console console) {
    if (add(folder)) {
      console.notice("Services may read " + folder + " from now on.");
    }
  }

  /**
   * Adds {@code folder} by its real path.
   *
   * @return whether it was not there before
   * @throws MedtransException if there is no such folder
   */
  public boolean add(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        throw MedtransException.of(ErrorCode.INVALID_REQUEST, folder + ": there is no such folder");
      }
      String line = folder.toRealPath().toString();
      if (read().contains(line)) {
        return false;
      }
      Files.createDirectories(file.getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot add a line to " + file, e);
    }
  }

  private List<String> read() throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
