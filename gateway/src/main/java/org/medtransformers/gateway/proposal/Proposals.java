package org.medtransformers.gateway.proposal;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.ComparisonRequest;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.access.Caller;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.gateway.comparison.Calculations;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.planning.Facts;
import org.medtransformers.planning.Planner;
import org.medtransformers.planning.Setting;
import org.medtransformers.planning.Speed;
import org.medtransformers.planning.Step;
import org.medtransformers.planning.Wishes;
import org.medtransformers.service.path.DataRoots;

/**
 * Plans comparisons, one at a time: has the data looked at and speeds measured, until the rules
 * ({@link Planner}) miss nothing. Whoever asks is told how far it is, and asks again.
 */
@Singleton
public final class Proposals {
  private static final int KEPT = 32;

  /** Long enough to read a plan and to start it; then the data may be other. */
  private static final Duration KEPT_FOR = Duration.ofMinutes(10);

  private final DataRoots roots;
  private final DataLooks looks;
  private final Probes probes;
  private final SpeedTable speeds;
  private final WeightsAtHand weights;
  private final Callers callers;
  private final Calculations calculations;
  private final Calculations.Known<ComparisonRequest, ComparisonPlan> plans;
  private final Map<ComparisonRequest, String> progress = new ConcurrentHashMap<>();

  Proposals(
      DataRoots roots,
      DataLooks looks,
      Probes probes,
      SpeedTable speeds,
      WeightsAtHand weights,
      Callers callers,
      GatewayConfig config) {
    this.callers = callers;
    this.roots = roots;
    this.looks = looks;
    this.probes = probes;
    this.speeds = speeds;
    this.weights = weights;
    this.calculations = new Calculations(config.planning().patience(), "plan");
    this.plans = calculations.keeping(KEPT, KEPT_FOR);
  }

  @PreDestroy
  void stop() {
    calculations.stop();
  }

  /**
   * The plan that {@code request} asks for.
   *
   * @throws MedtransException {@link ErrorCode#UNAVAILABLE}, saying how far it is, while it is
   *     being made; {@link ErrorCode#INVALID_REQUEST} where nothing can be planned as is wished,
   *     and whatever looking and measuring throw
   */
  public ComparisonPlan of(ComparisonRequest request) {
    Wishes.require(request);
    roots.requireData(request.data());
    try {
      Caller caller = callers.current();
      return plans.of(request, () -> callers.as(caller, () -> made(request)));
    } catch (MedtransException e) {
      String said = progress.get(request);
      throw e.code() == ErrorCode.UNAVAILABLE && said != null
          ? MedtransException.of(ErrorCode.UNAVAILABLE, said, e)
          : e;
    }
  }

  private ComparisonPlan made(ComparisonRequest request) {
    try {
      return made(request, said -> progress.put(request, said));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MedtransException.of(ErrorCode.UNAVAILABLE, "stopped before the plan was made", e);
    } finally {
      progress.remove(request);
    }
  }

  private ComparisonPlan made(ComparisonRequest request, Consumer<String> said)
      throws InterruptedException {
    long began = System.nanoTime();
    said.accept("looking at the data");
    DataLook look = looks.at(request.data(), said);
    boolean again = Boolean.TRUE.equals(request.options().remeasure());
    Map<String, Speed> remembered = again ? Map.of() : speeds.recent();
    Map<Setting, Speed> known = new HashMap<>();
    while (true) {
      double spent = (System.nanoTime() - began) / 1e9;
      Step step = Planner.next(new Facts(request, look, weights.supervised(), spent), known);
      if (step instanceof Step.Planned planned) {
        return planned.plan();
      }
      Step.Measure measure = (Step.Measure) step;
      if (!recalled(measure.settings(), remembered, known)) {
        said.accept("measuring: " + names(measure.settings()));
        Map<Setting, Speed> measured = probes.measure(measure);
        speeds.remember(measured);
        known.putAll(measured);
      }
    }
  }

  /** Whether all of {@code settings} were measured before; they are known then. */
  private static boolean recalled(
      List<Setting> settings, Map<String, Speed> remembered, Map<Setting, Speed> known) {
    boolean all = settings.stream().allMatch(s -> remembered.containsKey(s.key()));
    if (all) {
      settings.forEach(s -> known.put(s, remembered.get(s.key())));
    }
    return all;
  }

  private static String names(List<Setting> settings) {
    return String.join("; ", settings.stream().map(Setting::key).toList());
  }
}
