package org.medtransformers.learning.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.files.WholeFile;

/**
 * What is known of a file's SHA-256: the digits that its publisher tells, and the whole of it once
 * the file was seen. That is kept beside the file in the format of {@code sha256sum}, so that what
 * is used later is what was used first.
 *
 * @param published the first hexadecimal digits, or none
 * @param pin where the whole is kept
 */
record Fingerprint(String published, Path pin) {

  /**
   * Compares {@code file} with what is known and pins it if it is the first one.
   *
   * @return what is wrong with it, or nothing
   */
  Optional<String> mismatch(Path file) throws IOException {
    String found = Sha256.of(file);
    if (!found.startsWith(published)) {
      return Optional.of("its SHA-256 is %s, published is %s…".formatted(found, published));
    }
    if (Files.exists(pin)) {
      String pinned = Files.readString(pin).strip().split("\\s+", 2)[0];
      return pinned.equals(found)
          ? Optional.empty()
          : Optional.of(
              "its SHA-256 is %s, that of the file used before is %s (%s)"
                  .formatted(found, pinned, pin));
    }
    String name = pin.getFileName().toString().replaceFirst("\\.sha256$", "");
    WholeFile.write(pin, "%s  %s%n".formatted(found, name));
    return Optional.empty();
  }
}
