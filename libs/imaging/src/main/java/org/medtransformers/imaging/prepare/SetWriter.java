package org.medtransformers.imaging.prepare;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.HeapShare;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Sample;

/** Writes the files of one set into an empty folder. */
final class SetWriter {
  private final Path folder;
  private final PrepareSpec spec;
  private final DatasetListing listing;
  private final ImageReader reader;
  private final int threads;
  private final PrepareListener listener;
  private final BadImages bad;
  private final List<IndexRow> rows = new ArrayList<>();
  private final List<Picture> pictures = new ArrayList<>();
  private final List<Manifest.Shard> shards = new ArrayList<>();
  private final DeepImages deep = new DeepImages();
  private final ChannelSums sums;
  private int done;

  SetWriter(
      Path folder,
      PrepareSpec spec,
      DatasetListing listing,
      ImageReader reader,
      int threads,
      PrepareListener listener) {
    this.folder = folder;
    this.spec = spec;
    this.listing = listing;
    this.reader = reader;
    this.threads = threads;
    this.listener = listener;
    this.bad = new BadImages(listing, spec.skipsBadImages());
    this.sums = new ChannelSums(listing.description().channels());
  }

  void write(String id, String data) throws IOException, InterruptedException {
    for (Split split : Split.values()) {
      writePart(split, Optional.ofNullable(spec.sizes().get(split)));
    }
    bad.throwIfNotAllowed();
    new Remainder(listing, rows).requireUsable();
    StoredSplit split = StoredSplit.of(listing);
    writeFile(PreparedSet.SPLIT, split.text());
    MessageDigest index = Sha256.digest();
    writeFile(PreparedSet.INDEX, out -> Index.write(rows, new DigestOutputStream(out, index)));
    Manifest manifest = manifest(id, split.used(data), Sha256.hex(index));
    writeFile(PreparedSet.MANIFEST, Json.pretty(manifest));
  }

  private void writePart(Split split, Optional<Size> size)
      throws IOException, InterruptedException {
    List<Sample> samples = listing.splits().of(split).stream().map(listing.samples()::get).toList();
    try (ShardWriter writer = new ShardWriter(folder, split, size);
        Ahead<Sample, ImageReader.Result> results =
            new Ahead<>(samples, s -> fitting(reader.read(s, size)), threads)) {
      for (var r = results.next(); r != null; r = results.next()) {
        if (r.problem() != null) {
          bad.add(r.sample(), r.problem());
        } else if (bad.mayGoOn()) {
          add(r, split, writer);
        }
        done++;
        listener.progress(done, listing.splits().size());
      }
      shards.addAll(writer.finished());
    }
  }

  /** Any number of sizes is resized to one; what keeps its own is kept in memory by batches. */
  private static ImageReader.Result fitting(ImageReader.Result r) {
    long most = HeapShare.ofThisProcess().storedImage();
    return r.problem() != null || r.image().data().length <= most
        ? r
        : ImageReader.Result.unreadable(
            r.sample(),
            MedtransException.of(
                ErrorCode.IMAGE_TOO_LARGE,
                "image %s takes %d bytes without Resize, allowed are %d, a sixteenth of this process's memory: resize, or %s"
                    .formatted(
                        r.sample().source().file(),
                        r.image().data().length,
                        most,
                        HeapShare.MORE)));
  }

  private void add(ImageReader.Result r, Split split, ShardWriter writer) throws IOException {
    rows.add(row(r, split, writer.append(r.image())));
    pictures.add(Picture.of(r, split, listing));
    deep.add(r.range());
    if (split == Split.TRAIN) {
      sums.add(r.image());
    }
  }

  private IndexRow row(ImageReader.Result r, Split split, ShardWriter.Place place) {
    Sample sample = r.sample();
    return new IndexRow(
        sample.id(),
        sample.classes(),
        sample.group(),
        split,
        place.shard(),
        place.row(),
        sample.source().name(listing.root()),
        r.sha256(),
        place.offset(),
        r.image().height(),
        r.image().width(),
        r.image().channels(),
        IndexRow.written(sample.attributes()));
  }

  private Manifest manifest(String id, UsedSplit split, String indexSha256) {
    Contents contents = Contents.of(pictures, listing.description().classes().size(), sums);
    return new Manifest(
        new PreparedDataset(
            id,
            contents.statistics().complete(listing.description()),
            contents.sizes(),
            listing.leakingGroups(),
            split,
            bad.list().size(),
            new Warnings(listing, contents).of(bad.list(), deep.warning(spec.options().bits()))),
        spec.sizes(),
        contents.counts(),
        contents.statistics(),
        shards,
        bad.list(),
        indexSha256);
  }

  private interface Content {
    /** Writes all of it, and may close {@code out}. */
    void write(OutputStream out) throws IOException;
  }

  private void writeFile(String name, String text) throws IOException {
    writeFile(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void writeFile(String name, Content content) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
      content.write(out);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
