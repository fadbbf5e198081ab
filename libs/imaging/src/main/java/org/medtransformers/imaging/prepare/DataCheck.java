package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.Disk;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Sample;

/** Reads every image of a data set and tells what a researcher must know, preparing nothing. */
public final class DataCheck {
  private static final int MOST_UNREADABLE = 100;

  private final ImageDecoder decoder;
  private final int threads;
  private final PrepareListener listener;

  /**
   * @param threads that decode
   */
  public DataCheck(ImageLimits limits, int threads, PrepareListener listener) {
    this.decoder = new ImageDecoder(limits);
    this.threads = threads;
    this.listener = listener;
  }

  /** What was seen of the images. */
  private record Seen(
      List<Picture> pictures, Shapes shapes, DeepImages deep, List<Manifest.BadImage> unreadable) {}

  /**
   * Looks at the images of {@code listing}.
   *
   * @param bits {@code medtrans.bits} of the run's file; null without
   * @throws MedtransException where a file that holds all images cannot be read
   */
  public CheckReport of(DatasetListing listing, Integer bits) {
    try {
      Path scratch = Files.createTempDirectory("medtrans-check");
      try {
        return report(listing, look(listing, bits, scratch), bits);
      } finally {
        new Disk().delete(scratch);
      }
    } catch (IOException e) {
      throw DiskErrors.describe(e, "checking " + listing.root());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MedtransException.of(ErrorCode.UNAVAILABLE, "checking was interrupted", e);
    }
  }

  private Seen look(DatasetListing listing, Integer bits, Path scratch)
      throws IOException, InterruptedException {
    Seen seen = new Seen(new ArrayList<>(), new Shapes(), new DeepImages(), new ArrayList<>());
    int done = 0;
    try (ImageReader reader =
        new ImageReader(
            decoder, DecodeBudget.ofHeap(), listing.description().channels(), bits, scratch)) {
      for (Split split : Split.values()) {
        List<Sample> samples =
            listing.splits().of(split).stream().map(listing.samples()::get).toList();
        try (Ahead<Sample, ImageReader.Result> results =
            new Ahead<>(samples, s -> reader.read(s, Optional.empty()), threads)) {
          for (var r = results.next(); r != null; r = results.next()) {
            add(r, split, listing, seen);
            done++;
            listener.progress(done, listing.samples().size());
          }
        }
      }
    }
    return seen;
  }

  private static void add(ImageReader.Result r, Split split, DatasetListing listing, Seen seen) {
    if (r.problem() != null) {
      String source = r.sample().source().name(listing.root());
      seen.unreadable().add(new Manifest.BadImage(source, r.problem().getMessage()));
    } else {
      seen.pictures().add(Picture.of(r, split, listing));
      seen.shapes().add(r.sample().id(), r.image());
      seen.deep().add(r.range());
    }
  }

  private static CheckReport report(DatasetListing listing, Seen seen, Integer bits)
      throws IOException {
    Contents contents =
        Contents.of(
            seen.pictures(),
            listing.description().classes().size(),
            new ChannelSums(listing.description().channels()));
    Warnings warnings = new Warnings(listing, contents);
    return new CheckReport(
        listing.description().name(),
        listing.root().toString(),
        StoredSplit.of(listing).used(Fingerprint.data(listing)),
        listing.splits().scheme(),
        listing.description().classes(),
        contents.sizes(),
        contents.counts(),
        groups(listing),
        contents.statistics().duplicates(),
        contents.statistics().nearDuplicates(),
        seen.unreadable().size(),
        seen.unreadable().stream().limit(MOST_UNREADABLE).toList(),
        seen.shapes().sizes(),
        seen.shapes().range(),
        warnings.problems(seen.unreadable()),
        warnings.notices(seen.shapes(), seen.deep().warning(bits)));
  }

  private static CheckReport.Groups groups(DatasetListing listing) {
    Stream<String> known =
        listing.samples().stream().map(Sample::group).filter(group -> !group.isEmpty());
    return new CheckReport.Groups(
        (int) known.distinct().count(),
        (int) listing.samples().stream().filter(s -> s.group().isEmpty()).count(),
        Optional.ofNullable(listing.leakingGroups()).orElse(0));
  }
}
