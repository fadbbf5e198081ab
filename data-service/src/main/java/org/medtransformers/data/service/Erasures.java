package org.medtransformers.data.service;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.data.entity.PreparedDatasetEntity;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.imaging.prepare.ErasedNames;
import org.medtransformers.imaging.prepare.IndexRow;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.service.database.Database;

/**
 * Erases images from what was prepared. A set with any of them goes whole, since its name is the
 * hash of what it holds: with a line less it would be another. A damaged one, of which nobody knows
 * what it holds, goes too. Each step may be broken off anywhere and done again.
 */
@Singleton
public final class Erasures {
  private static final int SOURCES = 1000;

  private static final String SPLITS =
      "DELETE FROM split WHERE sha256 = (SELECT dataset::jsonb #>> '{split,sha256}'"
          + " FROM prepared_dataset WHERE id = ?)";

  private final Database database;
  private final PreparedStore store;
  private final PreparedSets open;
  private final ErasedNames erased;

  Erasures(Database database, PreparedStore store, PreparedSets open, ErasedNames erased) {
    this.database = database;
    this.store = store;
    this.open = open;
    this.erased = erased;
  }

  /**
   * Does a step.
   *
   * @return the sets as they were before it
   */
  public DataErasure carryOut(DataErasure.Order order) {
    try {
      if (order.step() == DataErasure.Step.BAR) {
        erased.bar(order.thing(), order.name(), order.datasets());
      }
      List<DataErasure.Found> found = find(order);
      return new DataErasure(
          found, order.step() == DataErasure.Step.REMOVE ? remove(found) : List.of());
    } catch (IOException e) {
      throw DiskErrors.describe(e, "erasing prepared images");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MedtransException.of(ErrorCode.UNAVAILABLE, "erasing was interrupted", e);
    }
  }

  private List<DataErasure.Found> find(DataErasure.Order order) throws IOException {
    List<DataErasure.Found> found = new ArrayList<>();
    for (String id : store.ids()) {
      store
          .find(id)
          .map(set -> look(id, set, order))
          .orElseGet(() -> damaged(id, order))
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<DataErasure.Found> look(
      String id, PreparedSet set, DataErasure.Order order) {
    String dataset = set.dataset().description().name();
    if (!order.covers(dataset)) {
      return Optional.empty();
    }
    List<String> sources =
        set.rows().stream()
            .filter(row -> order.thing().matches(order.name(), row.group(), row.id()))
            .map(IndexRow::source)
            .toList();
    return sources.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataErasure.Found(
                id, dataset, sources.size(), sources.stream().limit(SOURCES).toList()));
  }

  /** Of whatever kind it is, where that is not known either. */
  private Optional<DataErasure.Found> damaged(String id, DataErasure.Order order) {
    Optional<String> dataset =
        database.inTransaction(
            () ->
                PreparedDatasetEntity.<PreparedDatasetEntity>findByIdOptional(id)
                    .map(PreparedDatasetEntity::dataset)
                    .map(PreparedDataset::description)
                    .map(description -> description.name()));
    return dataset.map(order::covers).orElse(true)
        ? Optional.of(new DataErasure.Found(id, dataset.orElse(""), 0, List.of()))
        : Optional.empty();
  }

  private List<String> remove(List<DataErasure.Found> found) throws IOException {
    List<String> failures = new ArrayList<>();
    for (DataErasure.Found set : found) {
      // First the rows, which name images too: as long as the folder is there, it is found again.
      database.inTransaction(() -> forget(set.id()));
      if (!store.remove(set.id())) {
        failures.add("prepared set %s is being used".formatted(set.id()));
      }
    }
    store.sweep();
    open.closeRemoved();
    return failures;
  }

  private void forget(String id) {
    database.update(SPLITS, id);
    database.update("DELETE FROM loader WHERE prepared_id = ?", id);
    database.update("DELETE FROM prepared_dataset WHERE id = ?", id);
  }
}
