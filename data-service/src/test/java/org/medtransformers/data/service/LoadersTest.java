package org.medtransformers.data.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.data.config.DataConfig;
import org.medtransformers.files.Disk;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.metric.Meters;

/** Two replicas over one database and one folder. */
@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class LoadersTest {
  @Inject Database database;
  @Inject PreparedStore store;
  @Inject DataConfig config;
  @Inject Preparer preparer;
  @Inject Meters meters;

  @Test
  void replicaServesALoaderThatOnlyAnotherWasToldOf() {
    String id = preparer.prepare(Requests.spec(DataTestStack.DATA, 22), (done, total) -> {}).id();
    Batcher told = replica().get(replica().register(Requests.loader(id, 5)).loader().id());
    Batcher other = QuarkusTransaction.requiringNew().call(() -> replica().get(told.info().id()));
    assertEquals(told.info(), other.info());
    assertEquals(told.batch(4, 2).encode(), other.batch(4, 2).encode());
  }

  @Test
  void onlyALoaderThatNobodyHasAskedForInAMonthIsForgotten() {
    String id = preparer.prepare(Requests.spec(DataTestStack.DATA, 22), (done, total) -> {}).id();
    Loaders loaders = replica();
    String asked = loaders.register(Requests.loader(id, 6)).loader().id();
    String idle = loaders.register(Requests.loader(id, 7)).loader().id();
    String age =
        "UPDATE loader SET used_at = NULL, created_at = now() - ? * interval '1 day' WHERE id = ?";
    List.of(asked, idle).forEach(loader -> database.update(age, 31, loader));
    QuarkusTransaction.requiringNew().call(() -> replica().get(asked));
    OldLoaders old = new OldLoaders(database, loaders, config);
    assertEquals(1, old.forget(1000));
    assertEquals(List.of(asked), rows(asked, idle));
    database.update(age, 29, asked);
    assertEquals(0, old.forget(1000));
    assertEquals(List.of(asked), rows(asked, idle));
  }

  @Test
  void aLoaderOverASetThatWasRemovedIsClosed() throws IOException {
    String id = preparer.prepare(Requests.spec(DataTestStack.DATA, 23), (done, total) -> {}).id();
    Loaders loaders = replica();
    String loader = loaders.register(Requests.loader(id, 5)).loader().id();
    loaders.closeRemoved();
    assertEquals(loader, loaders.get(loader).info().id());
    new Disk().delete(store.folder(id));
    loaders.closeRemoved();
    assertEquals(
        ErrorCode.NOT_FOUND,
        assertThrows(MedtransException.class, () -> loaders.get(loader)).code());
  }

  private List<String> rows(String... ids) {
    return Stream.of(ids)
        .flatMap(
            id ->
                database
                    .query("SELECT id FROM loader WHERE id = ?", row -> row.getString(1), id)
                    .stream())
        .toList();
  }

  private Loaders replica() {
    return new Loaders(database, new PreparedSets(store), Clock.systemUTC(), config, meters);
  }
}
