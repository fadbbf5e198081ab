package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** What holds for every data set, without any image being opened. */
abstract class DatasetSourceConformanceTest {
  @TempDir private Path location;

  /** As in the experiment file. */
  abstract DatasetName name();

  /** The {@code medtrans} object that it needs. */
  String options() {
    return "{}";
  }

  /** Writes the label files of ten images or more, of two classes or more. */
  abstract void write() throws IOException;

  final Path file(String relative) throws IOException {
    Path file = location.resolve(name().label()).resolve(relative);
    Files.createDirectories(file.getParent());
    return file;
  }

  @Test
  void everyImageHasANameOfItsOwnAndIsInOnePart() throws IOException {
    DatasetListing listing = written();
    int images = listing.samples().size();
    assertTrue(images >= 10);
    assertEquals(images, listing.samples().stream().map(Sample::id).distinct().count());
    List<Integer> divided =
        Stream.of(listing.splits().train(), listing.splits().val(), listing.splits().test())
            .flatMap(List::stream)
            .sorted()
            .toList();
    assertEquals(IntStream.range(0, images).boxed().toList(), divided);
  }

  @Test
  void everyLabelIsOneOfTheClasses() throws IOException {
    DatasetListing listing = written();
    int classes = listing.description().classes().size();
    assertEquals(classes, new HashSet<>(listing.description().classes()).size());
    listing
        .samples()
        .forEach(s -> assertTrue(s.classes().stream().allMatch(c -> c >= 0 && c < classes)));
    assertTrue(listing.samples().stream().map(Sample::classes).distinct().count() > 1);
  }

  @Test
  void everyImageLiesBelowTheLocationAndHasANameInTheIndex() throws IOException {
    Path real = location.toRealPath();
    DatasetListing listing = written();
    for (Sample sample : listing.samples()) {
      assertTrue(sample.source().file().startsWith(real), sample.id());
    }
    assertEquals(
        listing.samples().size(),
        listing.samples().stream().map(s -> s.source().name(listing.root())).distinct().count());
    listing.labelFiles().forEach(file -> assertTrue(Files.isRegularFile(file)));
  }

  @Test
  void theSameFilesGiveTheSameListing() throws IOException {
    assertEquals(written(), list());
  }

  @Test
  void whereNothingIsIsRefusedByName() {
    MedtransException e = assertThrows(MedtransException.class, this::list);
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains(name().label()), e.getMessage());
  }

  private DatasetListing written() throws IOException {
    write();
    return list();
  }

  private DatasetListing list() {
    return DatasetSource.list(
        name(),
        location,
        Json.read(options(), RunConfig.Medtrans.class),
        path -> false,
        new Downloads(location, (file, done, total) -> {}));
  }
}
