package org.medtransformers.data.service;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.data.entity.PreparedDatasetEntity;
import org.medtransformers.files.FolderSize;
import org.medtransformers.imaging.prepare.IndexRow;
import org.medtransformers.imaging.prepare.Manifest;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.service.database.Database;

/** The registry of prepared data sets. */
@Singleton
public final class Datasets {
  private final Database database;
  private final PreparedStore store;
  private final PreparedSets sets;
  private final SplitRegistry splits;
  private final Clock clock;

  Datasets(
      Database database,
      PreparedStore store,
      PreparedSets sets,
      SplitRegistry splits,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.sets = sets;
    this.splits = splits;
    this.clock = clock;
  }

  /** Notes that a data set is prepared, and its split; a second time changes nothing. */
  public void register(PreparedDataset dataset) {
    splits.register(store.split(dataset.id()));
    database.update(
        """
        INSERT INTO prepared_dataset (id, name, dataset, prepared_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """,
        dataset.id(),
        dataset.description().name(),
        Json.write(dataset),
        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /** One page, the newest first. */
  public DatasetPage page(int page, int size) {
    return database.inTransaction(
        () ->
            new DatasetPage(
                PreparedDatasetEntity.newest(page, size).stream().map(this::view).toList(),
                page,
                size,
                PreparedDatasetEntity.count()));
  }

  /** Throws {@link ErrorCode#NOT_FOUND} where nothing of that id was ever prepared. */
  public DatasetView get(String id) {
    return database.inTransaction(() -> view(find(id)));
  }

  private static PreparedDatasetEntity find(String id) {
    return Hashes.parse(id)
        .flatMap(hash -> PreparedDatasetEntity.<PreparedDatasetEntity>findByIdOptional(hash))
        .orElseThrow(
            () -> MedtransException.of(ErrorCode.NOT_FOUND, "there is no prepared data set " + id));
  }

  /**
   * One page of the images of a part, in the order of the index; empty behind the last.
   *
   * @param page from 0
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} where the set or its files are not there
   */
  public List<DatasetImage> images(String id, Split split, int page, int size) {
    PreparedSet set = sets.get(id);
    return Arrays.stream(set.rows(split))
        .skip((long) page * size)
        .limit(size)
        .mapToObj(i -> image(i, set.rows().get(i)))
        .toList();
  }

  private static DatasetImage image(int index, IndexRow row) {
    return new DatasetImage(index, row.id(), row.group(), row.attributesByName());
  }

  private DatasetView view(PreparedDatasetEntity row) {
    return store
        .manifest(row.id)
        .map(
            (Manifest m) ->
                new DatasetView(
                    row.dataset(),
                    row.preparedAt,
                    true,
                    m.classCounts(),
                    m.statistics(),
                    bytes(row.id),
                    m.skipped()))
        .orElseGet(
            () -> new DatasetView(row.dataset(), row.preparedAt, false, null, null, null, null));
  }

  private long bytes(String id) {
    try {
      return FolderSize.of(store.folder(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
