package org.medtransformers.cli.run;

import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.progress.ProgressView;
import org.medtransformers.cli.terminal.Interruption;
import org.medtransformers.cli.terminal.Patience;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;

/**
 * Sends an experiment and watches it until every run has ended. The event stream only tells it when
 * to look; what it shows is the whole state, asked for again and again: each answer is complete, so
 * a gateway that was killed and came back needs no catching up.
 */
public final class Follower {
  /** An experiment that somebody wants. */
  @FunctionalInterface
  public interface Wish {
    /**
     * Sends it.
     *
     * @param key the same for every repetition
     */
    ExperimentView send(GatewayClient gateway, String key);
  }

  private final GatewayClient gateway;
  private final Runnable whileAway;
  private final ProgressView progress;
  private final Interruption interruption;
  private final Patience patience;
  private final LongSupplier nanoTime;

  /**
   * @param whileAway called between tries while the gateway does not answer; throws to give up
   */
  public Follower(
      GatewayClient gateway,
      Runnable whileAway,
      ProgressView progress,
      Interruption interruption,
      Patience patience,
      LongSupplier nanoTime) {
    this.gateway = gateway;
    this.whileAway = whileAway;
    this.progress = progress;
    this.interruption = interruption;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * Sends {@code wish}; the gateway may be away for a moment without a second experiment coming of
   * it.
   */
  public ExperimentView submit(Wish wish) {
    String key = UUID.randomUUID().toString();
    return patiently(() -> wish.send(gateway, key));
  }

  /**
   * Shows the experiment until it has ended. After the first Ctrl-C it asks the gateway to cancel
   * and goes on watching, because runs end at their next checkpoint.
   *
   * @throws MedtransException if the gateway stayed away for longer than the patience
   */
  public ExperimentView follow(String id) {
    try (StateNews news = new StateNews(gateway, id, interruption, patience).listening()) {
      return watch(id);
    }
  }

  private ExperimentView watch(String id) {
    boolean cancelled = false;
    while (true) {
      ExperimentView experiment = stubbornly(() -> gateway.experiment(id));
      progress.show(experiment);
      if (experiment.experiment().state() != ExperimentState.RUNNING) {
        return experiment;
      }
      if (interruption.requested() && !cancelled) {
        cancelled = true;
        cancel(id);
      }
      interruption.pause(patience.interval());
    }
  }

  private void cancel(String id) {
    stubbornly(
        () -> {
          gateway.cancel(id);
          return id;
        });
  }

  private <T> T patiently(Supplier<T> question) {
    return patiently(question, MedtransException::retriable);
  }

  /** Asking twice does no harm here, so even an inner error of a gateway is waited out. */
  private <T> T stubbornly(Supplier<T> question) {
    return patiently(
        question, e -> e.retriable() || e.code().origin() == ErrorCode.Origin.PLATFORM);
  }

  private <T> T patiently(Supplier<T> question, Predicate<MedtransException> passing) {
    long began = nanoTime.getAsLong();
    boolean said = false;
    while (true) {
      try {
        return question.get();
      } catch (MedtransException e) {
        if (!passing.test(e) || nanoTime.getAsLong() - began > patience.limit().toNanos()) {
          throw e;
        }
        if (!said) {
          progress.say("Waiting for the gateway to come back: " + e.getMessage());
          said = true;
        }
        interruption.pause(patience.interval());
        whileAway.run();
      }
    }
  }
}
