package org.medtransformers.gateway.submission;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.RunConfig.Medtrans;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.comparison.Spread;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.service.database.Database;

/**
 * What the trainings of a draft may take, by what earlier ones have taken that whoever asks sees,
 * and that had the same images, views, network, batch and method. Where there was none, nothing is
 * said: a guess from others would be wrong by as much as their sizes differ.
 */
@Singleton
public final class Estimates {
  /** Of a kind of data set and a backbone the latest are looked at. */
  private static final int LOOKED_AT = 50;

  private final Database database;
  private final Access access;

  Estimates(Database database, Access access) {
    this.database = database;
    this.access = access;
  }

  private record Kind(String dataset, String backbone) {}

  /** What two trainings have in common of which an epoch takes as long. */
  private record Likeness(List<Object> of) {
    static Likeness of(RunConfig config) {
      Medtrans medtrans = config.medtrans();
      return new Likeness(
          Arrays.asList(
              config.dataset().dataLocation(),
              config.dataset().trainTransforms(),
              config.model().backbone(),
              config.model().transformer(),
              config.model().freezeBackbone(),
              config.dataloaders().trainloader(),
              config.training().mixedPrecision(),
              medtrans.accumulateSteps(),
              medtrans.method(),
              medtrans.split(),
              config.model().dino(),
              medtrans.byol(),
              medtrans.simsiam(),
              medtrans.ddsm(),
              medtrans.medmnist(),
              medtrans.imageFolder(),
              medtrans.dicom(),
              medtrans.csv()));
    }
  }

  /** Seconds on a device for each run of the draft, in its order; empty where unknown. */
  public List<OptionalDouble> of(ExperimentDraft draft) {
    Scope scope = access.scope();
    Map<Kind, Map<Likeness, List<Double>>> earlier = new HashMap<>();
    return database.inTransaction(
        () -> draft.runs().stream().map(run -> seconds(run, earlier, scope)).toList());
  }

  private static OptionalDouble seconds(
      RunDraft run, Map<Kind, Map<Likeness, List<Double>>> earlier, Scope scope) {
    if (run.model().isPresent()) {
      return OptionalDouble.of(0);
    }
    RunConfig config = run.planned().file().config();
    Kind kind = new Kind(config.dataset().dataset().label(), run.planned().backbone());
    List<Double> epochs =
        earlier.computeIfAbsent(kind, k -> secondsPerEpoch(k, scope)).get(Likeness.of(config));
    return epochs == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Spread.median(epochs) * config.training().epochs());
  }

  /** Of trainings that went through all their epochs. */
  private static Map<Likeness, List<Double>> secondsPerEpoch(Kind kind, Scope scope) {
    return RunEntity.latestTrained(kind.dataset, kind.backbone, LOOKED_AT, scope).stream()
        .filter(run -> run.file().config().medtrans().earlyStopPatience() == null)
        .collect(
            groupingBy(
                run -> Likeness.of(run.file().config()),
                mapping(
                    run -> run.times.trainedBefore / run.file().config().training().epochs(),
                    toList())));
  }
}
