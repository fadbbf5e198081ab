package org.medtransformers.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.document.Changes;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.gateway.Checkpoints;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.plot.EvaluationPlots;
import org.medtransformers.cli.progress.EvaluationText;
import org.medtransformers.cli.progress.Report;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.stack.DataRoots;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a trained model, on its own test split or on other images of the same classes. */
@Command(
    name = "evaluate",
    description = {
      "Evaluates the model of a run: metrics with intervals, per class and subgroup, calibration,",
      "and what else is asked for. Trains nothing; the run itself is left as it is.",
      "Uses the running local stack, or starts one for the duration."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "RUN", description = "A run's id, or a model name: its latest success")
  private String run;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "${COMPLETION-CANDIDATES}; default: TEST")
  private Split split;

  @Option(names = "--knn", description = "Also classifies embeddings by their nearest neighbours")
  private boolean knn;

  @Option(names = "--linear", description = "Also fits a linear classifier to the embeddings")
  private boolean linear;

  @Option(names = "--umap", description = "Also lays the embeddings out in two dimensions")
  private boolean umap;

  @Option(
      names = "--attention",
      paramLabel = "N",
      description = "Also shows what the model looks at in N images")
  private Integer attention;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description = "Resamples for the intervals; default: 1000, 0 for none")
  private Integer bootstrap;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Another data set of the same classes")
  private String dataset;

  @Mixin private DataLocationOption dataLocation;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Changes one value of the run's file, e.g. medtrans.knn.k=[5,20]")
  private Map<String, String> sets = new LinkedHashMap<>();

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Where plots go; default: the evaluation's folder below MEDTRANS_HOME/runs")
  private Path plots;

  @Option(names = "--json", paramLabel = "OUT", description = "Also writes all results there")
  private Path json;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  EvaluateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    jsonFile().ifPresent(JsonFile::requireWritable);
    Optional<Path> data = dataLocation.in(environment.workingDirectory());
    if (gateway.remote().isEmpty()) {
      data.ifPresent(folder -> new DataRoots(environment.home()).allow(folder, console()));
    }
    String name = Checkpoints.name(run, environment.workingDirectory(), environment.runs());
    return new Session(environment, console(), gateway.remote(), Outputs.NONE)
        .conduct((client, key) -> client.evaluate(name, request(data), key), this::show);
  }

  private ObjectNode request(Optional<Path> data) {
    ObjectNode request = Json.mapper().createObjectNode();
    ObjectNode evaluation = request.putObject("evaluation");
    Optional.ofNullable(split).ifPresent(s -> evaluation.put("split", s.label()));
    evaluation.put("knn", knn).put("linear", linear).put("umap", umap);
    Optional.ofNullable(attention).ifPresent(n -> evaluation.put("attention", n));
    Optional.ofNullable(bootstrap).ifPresent(n -> evaluation.put("bootstrap", n));
    ObjectNode set = request.putObject("set");
    data.ifPresent(d -> set.put("dataset_params.data_location", d.toString()));
    Optional.ofNullable(dataset).ifPresent(d -> set.put("dataset_params.dataset", d));
    sets.forEach((path, value) -> set.set(path, Changes.value(value)));
    return request;
  }

  private void show(GatewayClient client, ExperimentView ended) {
    Console console = console();
    console.out().print(Report.failures(ended.runs()));
    for (RunView evaluated : ended.runs()) {
      if (evaluated.state() == RunState.SUCCEEDED) {
        show(client, evaluated.id(), console);
      }
    }
    console.out().flush();
  }

  private void show(GatewayClient client, String id, Console console) {
    EvaluationResults results = client.results(id);
    Curves curves = client.curves(id);
    console.out().print(EvaluationText.render(results));
    jsonFile().ifPresent(file -> JsonFile.write(file, results));
    // The id comes from a gateway that may be anybody's.
    Path own = environment.runs().resolve(id.replaceAll("[^A-Za-z0-9-]", "_"));
    Path folder =
        plots == null ? own.resolve("plots") : environment.workingDirectory().resolve(plots);
    EvaluationPlots.write(results, curves, folder, console);
    console.out().print("\nResults, predictions and curves: " + own + "\n");
  }

  private Optional<Path> jsonFile() {
    return Optional.ofNullable(json).map(environment.workingDirectory()::resolve);
  }

  private Console console() {
    return debug.console(environment);
  }
}
