package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Sample;

/**
 * The id of a prepared set: a hash of the format, the parameters, the bytes of the label files,
 * what they say of every image, and its path, size and modification time. So a set is found again
 * without an image being read, and a changed image makes another set.
 */
final class Fingerprint {
  /** Raised whenever the same input would be prepared differently. */
  private static final int FORMAT = 5;

  private Fingerprint() {}

  static String of(PrepareSpec spec, DatasetListing listing) throws IOException {
    MessageDigest digest = Sha256.digest();
    add(
        digest,
        Json.write(
            List.of(
                FORMAT,
                listing.description(),
                Map.of("resize", spec.sizes()),
                listing.splits(),
                listing.notices(),
                spec.skipsBadImages(),
                Objects.requireNonNullElse(spec.options().bits(), 0))));
    for (Path file : listing.labelFiles()) {
      add(digest, listing.root().relativize(file).toString());
      add(digest, Sha256.of(file));
    }
    Map<Path, String> states = new HashMap<>();
    for (Sample sample : listing.samples()) {
      add(
          digest,
          Json.write(
              List.of(
                  sample.id(),
                  sample.source().name(listing.root()),
                  sample.classes(),
                  sample.group(),
                  sample.attributes())));
      Path file = sample.source().file();
      if (!states.containsKey(file)) {
        states.put(file, state(file));
      }
      add(digest, states.get(file));
    }
    return Sha256.hex(digest);
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  private static String state(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.size() + " " + attributes.lastModifiedTime().toInstant();
    } catch (NoSuchFileException e) {
      return "missing";
    } catch (FileSystemException e) {
      // The image's own fault, such as a name too long: reading it will say so by name.
      return "unreadable";
    }
  }
}
