package org.medtransformers.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.progress.OperatingText;
import org.medtransformers.cli.progress.ProgressView;
import org.medtransformers.cli.progress.Report;
import org.medtransformers.cli.progress.RunLine;
import org.medtransformers.cli.stack.LocalPlatform;
import org.medtransformers.cli.stack.Platform;
import org.medtransformers.cli.stack.Remote;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.cli.terminal.Interruption;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.OperatingPoint;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;

/** Work on a platform that is there, or is started for it and stopped afterwards. */
public final class Session {
  private final Environment environment;
  private final Console console;
  private final Optional<Remote> remote;
  private final Outputs outputs;
  private final Interruption interruption =
      new Interruption(() -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));

  /**
   * @param remote a gateway elsewhere; empty: the local stack
   * @param outputs what is written of an experiment besides
   */
  public Session(
      Environment environment, Console console, Optional<Remote> remote, Outputs outputs) {
    this.environment = environment;
    this.console = console;
    this.remote = remote;
    this.outputs = outputs;
  }

  /** Does {@code work} with the gateway's help; returns an exit code. */
  public int with(ToIntFunction<GatewayClient> work) {
    return on(platform -> work.applyAsInt(client(platform)));
  }

  /** Runs an experiment from sending it to its report; returns an exit code. */
  public int conduct(Function<GatewayClient, ObjectNode> document) {
    return conduct(document, (client, ended) -> {}, (client, ended) -> {});
  }

  /**
   * The same.
   *
   * @param first shows what comes before the report
   * @param last shows what comes after it
   */
  public int conduct(
      Function<GatewayClient, ObjectNode> document,
      BiConsumer<GatewayClient, ExperimentView> first,
      BiConsumer<GatewayClient, ExperimentView> last) {
    BiConsumer<GatewayClient, ExperimentView> report = this::report;
    return on(
        platform -> {
          ObjectNode whole = document.apply(client(platform));
          return conduct(
              platform,
              (client, key) -> client.create(whole, key),
              first.andThen(report).andThen(last));
        });
  }

  /** Whether somebody has pressed Ctrl-C. */
  public boolean interrupted() {
    return interruption.requested();
  }

  /** Lets a run go on, to its experiment's report; returns an exit code. */
  public int resume(String run) {
    return conduct((client, key) -> client.resume(run), this::report);
  }

  /**
   * Conducts an experiment that is sent in its own way.
   *
   * @param show shows how it has ended
   */
  public int conduct(Follower.Wish wish, BiConsumer<GatewayClient, ExperimentView> show) {
    return on(platform -> conduct(platform, wish, show));
  }

  private int on(ToIntFunction<Platform> work) {
    environment.onInterrupt().accept(interruption::press);
    interruption.acknowledgeWith(() -> console.notice("Stopping. Ctrl-C again leaves at once."));
    try (Platform platform = open()) {
      return interruption.requested() ? ExitCode.INTERRUPTED : work.applyAsInt(platform);
    }
  }

  private Platform open() {
    return remote
        .map(Platform::remote)
        .orElseGet(() -> new LocalPlatform(environment, console, interruption));
  }

  private GatewayClient client(Platform platform) {
    return new GatewayClient(platform::gateway, platform::token, console::trace);
  }

  private int conduct(
      Platform platform, Follower.Wish wish, BiConsumer<GatewayClient, ExperimentView> show) {
    ProgressView progress = console.progress(environment.nanoTime());
    interruption.acknowledgeWith(
        () -> progress.say("Cancelling; runs stop at a checkpoint. Ctrl-C again leaves at once."));
    Follower follower =
        new Follower(
            client(platform),
            platform::gatewayAway,
            progress,
            interruption,
            environment.patience(),
            environment.nanoTime());
    ExperimentView accepted = follower.submit(wish);
    progress.say(
        "Experiment %s (%s), %d runs"
            .formatted(
                accepted.experiment().name(), accepted.experiment().id(), accepted.runsTotal()));
    accepted.notices().forEach(console::notice);
    ExperimentView ended = follower.follow(accepted.experiment().id());
    progress.end();
    ended.notices().stream()
        .filter(notice -> !accepted.notices().contains(notice))
        .forEach(console::notice);
    show.accept(client(platform), ended);
    return exitCode(ended);
  }

  private void report(GatewayClient client, ExperimentView ended) {
    console.out().print(Report.of(ended, environment.runs()));
    console.out().print(OperatingText.table(operatingPoints(client, ended)));
    console.out().flush();
    outputs.write(ended, environment.home(), console);
  }

  /** Of the runs on two classes, whose results files have them. */
  private static Map<String, OperatingPoint> operatingPoints(
      GatewayClient client, ExperimentView ended) {
    Map<String, OperatingPoint> points = new LinkedHashMap<>();
    for (RunView run : ended.runs()) {
      Metrics test = run.metrics() == null ? null : run.metrics().test();
      if (run.state() == RunState.SUCCEEDED && test != null && test.positive() != null) {
        OperatingPoint point = client.results(run.id()).operatingPoint();
        if (point != null) {
          points.put(RunLine.label(run), point);
        }
      }
    }
    return points;
  }

  private int exitCode(ExperimentView ended) {
    boolean found = ended.searches().stream().allMatch(LearningRateSearch::hasFound);
    if (ended.experiment().state() == ExperimentState.SUCCEEDED && found) {
      return ExitCode.OK;
    }
    return interruption.requested() ? ExitCode.INTERRUPTED : ExitCode.FAILED;
  }
}
