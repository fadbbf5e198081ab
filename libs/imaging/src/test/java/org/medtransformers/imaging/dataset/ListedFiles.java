package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Files in a folder of their own, and what is read of them. */
abstract class ListedFiles {
  @TempDir Path location;

  /** {@code medtrans} with double quotes written as single ones. */
  DatasetListing list(DatasetName name, String medtrans) {
    return DatasetSource.list(
        name,
        location,
        Json.read(medtrans.replace('\'', '"'), RunConfig.Medtrans.class),
        path -> false,
        new Downloads(location, (file, done, total) -> {}));
  }

  DatasetListing folders() {
    return list(DatasetName.IMAGE_FOLDER, "{}");
  }

  void refused(DatasetName name, String medtrans, ErrorCode code, String... parts) {
    MedtransException e = assertThrows(MedtransException.class, () -> list(name, medtrans));
    assertEquals(code, e.code(), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  static void notices(DatasetListing listing, String... starts) {
    assertEquals(starts.length, listing.notices().size(), listing.notices().toString());
    for (int i = 0; i < starts.length; i++) {
      String notice = listing.notices().get(i);
      assertTrue(notice.startsWith(starts[i]), notice);
    }
  }

  static List<String> ids(DatasetListing listing) {
    return listing.samples().stream().map(Sample::id).toList();
  }

  static List<String> groups(DatasetListing listing) {
    return listing.samples().stream().map(Sample::group).toList();
  }

  /** Of images that each show one. */
  static List<String> labels(DatasetListing listing) {
    return listing.samples().stream()
        .map(s -> listing.description().classes().get(s.classes().get(0)))
        .toList();
  }

  void write(String... names) throws IOException {
    for (String name : names) {
      text(name, "x");
    }
  }

  void text(String name, String text) throws IOException {
    Path file = location.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
