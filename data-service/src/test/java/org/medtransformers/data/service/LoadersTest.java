package org.medtransformers.data.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.data.config.DataConfig;
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

  private Loaders replica() {
    return new Loaders(database, new PreparedSets(store), Clock.systemUTC(), config, meters);
  }
}
