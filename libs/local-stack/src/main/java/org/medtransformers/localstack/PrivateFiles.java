package org.medtransformers.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.medtransformers.files.WholeFile;

/** Files and folders that only their owner may open. */
final class PrivateFiles {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  /** Makes {@code directory}, or closes an existing one to others. */
  static void createDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  /** Writes {@code text} so that a reader sees all of it or what was there before. */
  static void write(Path file, String text) throws IOException {
    WholeFile.write(file.toAbsolutePath(), text, OWNER_ONLY);
  }
}
