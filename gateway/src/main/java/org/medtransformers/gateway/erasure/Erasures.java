package org.medtransformers.gateway.erasure;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.contracts.erasure.DataErasure.Step;
import org.medtransformers.contracts.erasure.Erasure;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.gateway.peer.Peer;
import org.medtransformers.gateway.peer.Peers;

/**
 * Erases a patient's images, or a single one, from all that was derived from them, in steps that
 * may be broken off anywhere and are done again: first the data-service prepares none of them any
 * more, then the runs are marked, then their files go, and the prepared sets at last, since by them
 * the runs are found. What could not be finished is taken up by whichever gateway looks next.
 */
@Singleton
public final class Erasures {
  private static final Logger LOG = Logger.getLogger(Erasures.class);
  private static final String PATH = "/api/v1/erasures";

  private static final List<String> KEPT =
      List.of(
          "the original images, which are not ours, and whatever backups there are",
          "weights and checkpoints that learned from them: they go with their experiment",
          "metrics, intervals and curves that were worked out with them, as numbers",
          "events that the broker keeps until their retention is over");

  private final ErasureTable table;
  private final AffectedRuns runs;
  private final ImageTraces files;
  private final Originals originals;
  private final Peers peers;
  private final Callers callers;

  Erasures(
      ErasureTable table,
      AffectedRuns runs,
      ImageTraces files,
      Originals originals,
      Peers peers,
      Callers callers) {
    this.table = table;
    this.runs = runs;
    this.files = files;
    this.originals = originals;
    this.peers = peers;
    this.callers = callers;
  }

  /** What there is to be erased, and the kinds of data sets that have it or are meant. */
  private record Seen(
      List<DataErasure.Found> sets, List<AffectedRuns.Affected> runs, List<String> datasets) {}

  /**
   * Erases what {@code wish} says, or only looks what that is.
   *
   * @throws MedtransException {@code CONFLICT} where a run that has not ended needs one of the sets
   *     or may just be getting one; nothing has changed then
   */
  public Erasure erase(ErasureWish wish) {
    try {
      Seen seen = look(wish);
      if (wish.dryRun() || seen.datasets().isEmpty()) {
        return told(wish, seen, !wish.dryRun(), List.of());
      }
      requireFree(seen);
      UUID id = table.add(wish, seen.datasets(), callers.current().person());
      List<String> failures = attempt(id);
      return told(wish, seen, failures.isEmpty(), failures);
    } catch (IOException e) {
      throw DiskErrors.describe(e, "looking for predictions");
    }
  }

  private Seen look(ErasureWish wish) throws IOException {
    DataErasure.Order order =
        new DataErasure.Order(Step.LOOK, wish.thing(), wish.name(), wish.datasets());
    List<DataErasure.Found> sets = ask(order).sets();
    List<AffectedRuns.Affected> affected =
        runs.find(wish.thing(), wish.name(), sets, order::covers);
    List<String> datasets =
        Stream.of(
                wish.datasets().stream(),
                sets.stream().map(DataErasure.Found::dataset).filter(name -> !name.isEmpty()),
                affected.stream().map(AffectedRuns.Affected::dataset))
            .flatMap(names -> names)
            .distinct()
            .sorted()
            .toList();
    return new Seen(sets, affected, datasets);
  }

  private DataErasure ask(DataErasure.Order order) {
    return peers.post(Peer.DATA, PATH, order, DataErasure.class);
  }

  private void requireFree(Seen seen) {
    long inTheWay = runs.inTheWay(seen.sets(), seen.datasets());
    if (inTheWay > 0) {
      throw MedtransException.of(
          ErrorCode.CONFLICT,
          "runs that have not ended use these images, or may: %d; wait for them, or cancel them"
              .formatted(inTheWay));
    }
  }

  private Erasure told(ErasureWish wish, Seen seen, boolean done, List<String> failures) {
    return new Erasure(
        wish.dryRun(),
        done,
        seen.sets(),
        seen.runs().stream()
            .map(run -> new Erasure.Run(run.id().toString(), run.modelName(), run.images()))
            .toList(),
        originals.of(seen.sets()),
        KEPT,
        failures);
  }

  /** What was begun goes on. */
  @Scheduled(
      every = "${medtrans.gateway.retention.every}", // GatewayConfig.Retention.every
      delayed = "${medtrans.gateway.retention.every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void goOn() {
    for (UUID id : table.open()) {
      attempt(id).forEach(failure -> LOG.warnf("Erasure %s is not done: %s", id, failure));
    }
  }

  /** Carries an erasure out as far as that is possible now; returns what is in the way. */
  private List<String> attempt(UUID id) {
    Optional<OpenErasure> held = table.hold(id);
    if (held.isEmpty()) {
      return table.open().contains(id) ? List.of("another gateway is carrying it out") : List.of();
    }
    try {
      return carryOut(held.get());
    } catch (IOException | RuntimeException e) {
      return List.of(MedtransException.describe(e).message());
    } finally {
      table.release(id);
    }
  }

  private List<String> carryOut(OpenErasure erasure) throws IOException {
    UUID id = erasure.id();
    List<DataErasure.Found> sets = ask(erasure.order(Step.BAR)).sets();
    // From here on no run gets such a set any more; one that began just before may have it.
    if (runs.inTheWay(sets, erasure.datasets()) > 0) {
      return List.of("a run has begun that may use these images; the rest goes when it has ended");
    }
    for (AffectedRuns.Affected run :
        runs.find(erasure.thing(), erasure.name(), sets, erasure.datasets()::contains)) {
      runs.mark(id, run);
      table.renew(id);
    }
    List<UUID> marked = runs.marked(id);
    for (UUID run : marked) {
      files.erase(run, erasure.thing(), erasure.name());
      table.renew(id);
    }
    List<String> failures = new ArrayList<>(ask(erasure.order(Step.REMOVE)).failures());
    if (failures.isEmpty()) {
      table.done(id);
      tell(id, sets.size(), marked.size());
    }
    return failures;
  }

  /** For whoever has to show that it was done; without the name, which nobody keeps. */
  private static void tell(UUID id, int sets, int runs) {
    LOG.infof("Erasure %s is done: %d prepared sets, what %d runs said of images", id, sets, runs);
  }
}
