package org.medtransformers.cli.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.gateway.Experiments;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.plot.ExperimentPlots;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.progress.MetricsText;
import org.medtransformers.cli.progress.Report;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.ModelRanks;
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
      "Shows the comparison with paired tests, or the learning rates tried, and every run's"
          + " metrics.",
      "Uses the running local stack, or starts one for the moment."
    })
final class ResultsCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "EXPERIMENT",
      description = {
        "A name, an id or its beginning; default: the newest.",
        "Several are put into one table"
      })
  private List<String> experiments = new ArrayList<>();

  @Option(names = "--all", description = "Lists all experiments instead")
  private boolean all;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "Prints the comparison alone: text, md, csv (its cells), csv-tests (its paired tests),",
        "csv-verdicts (a sentence per data set), csv-ranks (over several data sets),",
        "csv-fractions (what fewer labels cost), csv-costs (time, memory, energy), latex or json"
      })
  private String format;

  @Option(names = "--output", paramLabel = "FILE", description = "Writes there instead of printing")
  private Path output;

  @Option(
      names = "--json",
      description = "Prints JSON: {experiment, runs, table, searches, labelEfficiency}")
  private boolean json;

  @Option(
      names = "--plot",
      paramLabel = "PNG",
      description = {
        "Also draws there: searches for the learning rate, what fewer labels cost,",
        "and the ranks of models over several data sets with their critical difference"
      })
  private Path plot;

  @Mixin private GatewayOption gateway;

  ResultsCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console =
        new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), false, false);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              show(text(client, console), console);
              return ExitCode.OK;
            });
  }

  private void show(String text, Console console) {
    if (output == null) {
      console.out().print(text);
      console.out().flush();
    } else {
      JsonFile.writeBytes(
          environment.workingDirectory().resolve(output), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String text(GatewayClient client, Console console) {
    if (all) {
      return list(client);
    }
    if (format == null && experiments.size() < 2) {
      return one(client, console);
    }
    List<Optional<String>> names =
        experiments.isEmpty()
            ? List.of(Optional.empty())
            : experiments.stream().map(Optional::of).toList();
    List<String> ids = names.stream().map(name -> Experiments.find(client, name).id()).toList();
    if (plot != null) {
      ExperimentComparison compared = compared(client, ids);
      draw(new ExperimentPlots(List.of(), compared.labelEfficiency(), compared.ranks()), console);
    }
    return client.comparison(ids, Objects.requireNonNullElse(format, json ? "json" : "text"));
  }

  private static ExperimentComparison compared(GatewayClient client, List<String> ids) {
    return Json.read(client.comparison(ids, "json"), ExperimentComparison.class);
  }

  private void draw(ExperimentPlots plots, Console console) {
    if (plots.isEmpty()) {
      console.notice(
          "Nothing to plot: no learning rates were tried, nor fractions of the images, nor are there"
              + " ranks over data sets");
    }
    plots.write(environment.workingDirectory().resolve(plot), console);
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
    Summary found = Experiments.find(client, experiments.stream().findFirst());
    ExperimentView view = client.experiment(found.id());
    if (plot != null) {
      draw(
          new ExperimentPlots(view.searches(), view.labelEfficiency(), ranks(client, view)),
          console);
    }
    String comparison = comparison(client, view);
    // What stands below the table is not said twice.
    view.notices().stream()
        .filter(notice -> json || !comparison.contains(notice))
        .forEach(console::notice);
    return json
        ? Json.pretty(view.result()) + "\n"
        : found.id()
            + "  "
            + found.state()
            + "\n"
            + comparison
            + Report.searches(view)
            + "\n"
            + MetricsText.render(view.runs())
            + Report.failures(view.runs());
  }

  /** A search compares nothing. */
  private static ModelRanks ranks(GatewayClient client, ExperimentView view) {
    return view.table().rows().isEmpty()
        ? null
        : compared(client, List.of(view.experiment().id())).ranks();
  }

  private static String comparison(GatewayClient client, ExperimentView view) {
    return view.table().rows().isEmpty()
        ? ""
        : "\n" + client.comparison(List.of(view.experiment().id()), "text");
  }
}
