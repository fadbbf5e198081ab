package org.medtransformers.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.gateway.Experiments;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.plot.SearchPlots;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.progress.MetricsText;
import org.medtransformers.cli.progress.Report;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what an experiment found. */
@Command(
    name = "results",
    description = {
      "Shows the comparison, or the learning rates tried, and every run's metrics.",
      "Uses the running local stack, or starts one for the moment."
    })
final class ResultsCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description = "A name, an id or its beginning; default: the newest")
  private String experiment;

  @Option(names = "--all", description = "Lists all experiments instead")
  private boolean all;

  @Option(names = "--json", description = "Prints JSON: {experiment, runs, table, searches}")
  private boolean json;

  @Option(
      names = "--plot",
      paramLabel = "PNG",
      description = "Also draws the experiment's searches for the learning rate there")
  private Path plot;

  @Mixin private GatewayOption gateway;

  ResultsCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console =
        new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), false, false);
    return new Session(environment, console, gateway.uri(), Outputs.NONE)
        .with(
            client -> {
              console.out().print(all ? list(client) : one(client, console));
              console.out().flush();
              return ExitCode.OK;
            });
  }

  private String list(GatewayClient client) {
    List<Summary> experiments = Experiments.all(client);
    if (json) {
      return Json.pretty(experiments) + "\n";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("id", "name", "state", "created"));
    experiments.forEach(
        e -> rows.add(List.of(e.id(), e.name(), e.state().name(), e.created().toString())));
    return Columns.render(rows);
  }

  private String one(GatewayClient client, Console console) {
    Summary found = Experiments.find(client, Optional.ofNullable(experiment));
    ExperimentView view = client.experiment(found.id());
    if (plot != null) {
      SearchPlots.write(view, environment.workingDirectory().resolve(plot), console);
    }
    view.notices().forEach(console::notice);
    return json
        ? Json.pretty(view.result()) + "\n"
        : found.id()
            + "  "
            + found.state()
            + "\n"
            + Report.findings(view)
            + "\n"
            + MetricsText.render(view.runs())
            + Report.failures(view.runs());
  }
}
