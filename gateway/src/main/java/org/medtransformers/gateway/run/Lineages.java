package org.medtransformers.gateway.run;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunReference;
import org.medtransformers.gateway.entity.RunReferences;
import org.medtransformers.service.database.Database;

/** Which runs go on with which. */
@Singleton
public final class Lineages {
  private final Database database;
  private final RunReferences references;
  private final Access access;

  Lineages(Database database, RunReferences references, Access access) {
    this.access = access;
    this.database = database;
    this.references = references;
  }

  /**
   * The lineage of a run; an unknown id is {@code NOT_FOUND}.
   *
   * @param id of a run, or a model name, which means its latest success
   */
  public Lineage of(String id) {
    return database.inTransaction(() -> of(NamedRuns.require(id, access.scope())));
  }

  private Lineage of(RunEntity run) {
    return new Lineage(
        source(run).orElse(null),
        Optional.ofNullable(run.start).map(StartingPoint::use).orElse(null),
        run.file().config().medtrans().testOnly(),
        references.using(run.id, false, access.scope()),
        references.using(run.id, true, access.scope()));
  }

  /** Empty also where it is deleted, or may not be seen. */
  private Optional<RunReference> source(RunEntity run) {
    return run.sourceRunId == null
        ? Optional.empty()
        : references.of(List.of(run.sourceRunId.toString()), access.scope()).stream().findFirst();
  }
}
