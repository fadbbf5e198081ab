package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.Disk;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.files.ProcessLock;
import org.medtransformers.imaging.HeapShare;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.DatasetSource;
import org.medtransformers.imaging.dataset.Downloads;

/**
 * Prepares data sets, each once: whoever comes first does the work, all others, in this process or
 * another, wait for it.
 */
public final class Preparer {
  private static final long POLL_MILLIS = 200;
  private static final String DOWNLOADS = ".downloads";

  private final Path root;
  private final PreparedStore store;
  private final ErasedNames erased;
  private final ImageDecoder decoder;
  private final DecodeBudget budget = DecodeBudget.ofHeap();
  private final Semaphore images = new Semaphore(HeapShare.ofThisProcess().images());
  private final int threads;
  private final Predicate<Path> allowed;

  /**
   * @param root folder of all prepared sets, created where it is missing
   * @param threads that decode
   * @param allowed where links in a data set may lead besides its {@code data_location}, told by a
   *     path without links
   */
  public Preparer(Path root, ImageLimits limits, int threads, Predicate<Path> allowed) {
    this.root = root;
    this.store = new PreparedStore(root);
    this.erased = new ErasedNames(root);
    this.decoder = new ImageDecoder(limits);
    this.threads = threads;
    this.allowed = allowed;
  }

  /**
   * Prepares what {@code spec} says, or finds it prepared.
   *
   * @throws MedtransException where the data set is not as it must be or the disk is full; nothing
   *     half-written is left
   */
  public PreparedDataset prepare(PrepareSpec spec, PrepareListener listener) {
    DatasetListing listing =
        DatasetSource.list(
            spec.dataset().dataset(),
            spec.location(),
            spec.options(),
            allowed,
            new Downloads(root.resolve(DOWNLOADS), (file, done, total) -> listener.progress(0, 1)));
    listing.requireParts(!spec.options().testOnly());
    return prepare(spec, listing, listener);
  }

  /** The same with images that have been listed, whatever the name of their data set. */
  public PreparedDataset prepare(
      PrepareSpec spec, DatasetListing listed, PrepareListener listener) {
    DatasetListing listing = erased.without(listed);
    if (listing.size() != listed.size()) {
      listing.requireParts(!spec.options().testOnly());
    }
    try {
      Files.createDirectories(root);
      String data = Fingerprint.data(listing);
      String id = Fingerprint.of(spec, listing, data);
      Optional<PreparedDataset> there = find(id);
      return there.isPresent() && store.use(id)
          ? there.get()
          : prepare(id, data, spec, listing, listener);
    } catch (IOException e) {
      throw DiskErrors.describe(e, "preparing %s in %s".formatted(spec.location(), root));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MedtransException.of(ErrorCode.UNAVAILABLE, "preparing was interrupted", e);
    }
  }

  private Optional<PreparedDataset> find(String id) {
    return store.find(id).filter(PreparedSet::isIntact).map(PreparedSet::dataset);
  }

  private PreparedDataset prepare(
      String id, String data, PrepareSpec spec, DatasetListing listing, PrepareListener listener)
      throws IOException, InterruptedException {
    try (ProcessLock lock = lock(id, listing, listener)) {
      lock.touch();
      Optional<PreparedDataset> byAnother = find(id);
      if (byAnother.isPresent()) {
        return byAnother.get();
      }
      building(id, data, spec, listing, listener);
    }
    return store
        .find(id)
        .map(PreparedSet::dataset)
        .orElseThrow(
            () -> MedtransException.of(ErrorCode.INTERNAL, id + " vanished after preparing"));
  }

  private ProcessLock lock(String id, DatasetListing listing, PrepareListener listener)
      throws IOException, InterruptedException {
    while (true) {
      ProcessLock lock = store.tryLock(id);
      if (lock != null) {
        return lock;
      }
      listener.progress(0, listing.splits().size());
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** What all sets being built keep of their images must fit into the memory together. */
  private void building(
      String id, String data, PrepareSpec spec, DatasetListing listing, PrepareListener listener)
      throws IOException, InterruptedException {
    int size = listing.splits().size();
    while (!images.tryAcquire(size, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      listener.progress(0, size);
    }
    try {
      build(id, data, spec, listing, listener);
    } finally {
      images.release(size);
    }
  }

  private void build(
      String id, String data, PrepareSpec spec, DatasetListing listing, PrepareListener listener)
      throws IOException, InterruptedException {
    store.sweep(id);
    Path temporary = store.newTemporary(id);
    try (ImageReader reader =
        new ImageReader(
            decoder, budget, listing.description().channels(), spec.options().bits(), root)) {
      new SetWriter(temporary, spec, listing, reader, threads, listener).write(id, data);
      requireNoneErased(listing);
      store.publish(temporary, id);
    } finally {
      new Disk().delete(temporary);
    }
  }

  /** What was erased while it was being prepared would come back. */
  private void requireNoneErased(DatasetListing listing) {
    if (erased.without(listing).size() != listing.size()) {
      throw MedtransException.of(
          ErrorCode.UNAVAILABLE,
          "images of %s were erased while they were being prepared, which begins anew"
              .formatted(listing.description().name()));
    }
  }
}
