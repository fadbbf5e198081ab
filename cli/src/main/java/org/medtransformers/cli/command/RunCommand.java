package org.medtransformers.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.document.Changes;
import org.medtransformers.cli.document.DryRun;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.document.StrategyFiles;
import org.medtransformers.cli.gateway.Checkpoints;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.stack.DataRoots;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.experiment.Experiment;
import org.medtransformers.experiment.ExperimentFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an experiment file and shows the comparison. */
@Command(
    name = "run",
    description = {
      "Runs an experiment file and prints the comparison.",
      "Uses the running local stack, or starts one for the duration."
    })
final class RunCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The experiment file")
  private Path file;

  @Option(
      names = {"--params_path", "--params-path"},
      paramLabel = "FILE",
      description = "The same as FILE")
  private Path paramsPath;

  @Mixin private RunOptions options;

  @Option(names = "--dry-run", description = "Validates, resolves and prints the runs; starts none")
  private boolean dryRun;

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Also writes {experiment, runs, table, searches, labelEfficiency} to this file")
  private Path json;

  @Option(
      names = "--plot",
      paramLabel = "PNG",
      description = {
        "Draws the search of --lr_finder there, or what fewer labels cost",
        "(default: below MEDTRANS_HOME)"
      })
  private Path plot;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  RunCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    jsonFile().ifPresent(JsonFile::requireWritable);
    plotFile().ifPresent(JsonFile::requireWritable);
    Changes changes = options.changes(environment);
    Optional<ObjectNode> document = document(changes);
    Optional<Experiment> experiment = document.map(ExperimentFile::read);
    if (dryRun && experiment.isPresent()) {
      return print(experiment.get());
    }
    if (gateway.remote().isEmpty()) {
      options.dataLocation(environment.workingDirectory()).ifPresent(this::allow);
      changes.checkpoint().filter(Checkpoints::isPath).map(Path::of).ifPresent(this::allowModel);
    }
    return dryRun
        ? session().with(client -> print(ExperimentFile.read(fromCheckpoint(changes, client))))
        : session().conduct(client -> document.orElseGet(() -> fromCheckpoint(changes, client)));
  }

  /** From the file; empty where the parameters are those of a checkpoint. */
  private Optional<ObjectNode> document(Changes changes) {
    if (file != null && paramsPath != null && !file.equals(paramsPath)) {
      throw new ParameterException(
          spec.commandLine(), "FILE and --params_path mean the same; give one");
    }
    Path given = file == null ? paramsPath : file;
    if (given == null && !options.hasCheckpoint()) {
      throw new ParameterException(
          spec.commandLine(), "give an experiment FILE, or --checkpoint NAME");
    }
    if (given != null && options.hasCheckpoint() && !options.testOnly()) {
      throw new ParameterException(
          spec.commandLine(),
          "--checkpoint NAME beside FILE needs --test; to train, give one of them");
    }
    return Optional.ofNullable(given)
        .map(f -> environment.workingDirectory().resolve(f))
        .map(StrategyFiles::whole)
        .map(d -> changes.applyTo(d, environment.workingDirectory()));
  }

  private ObjectNode fromCheckpoint(Changes changes, GatewayClient client) {
    ObjectNode parameters = Checkpoints.parameters(client, changes.checkpoint().orElseThrow());
    return changes.applyTo(parameters, environment.workingDirectory());
  }

  private int print(Experiment experiment) {
    Console console = console();
    console.out().print(DryRun.render(experiment));
    console.out().flush();
    experiment.notices().forEach(console::notice);
    jsonFile().ifPresent(out -> JsonFile.write(out, experiment));
    return ExitCode.OK;
  }

  /** What lies below {@code MEDTRANS_HOME} is allowed anyway. */
  private void allowModel(Path model) {
    Path folder = Files.isDirectory(model) ? model : model.getParent();
    if (Files.isDirectory(folder) && !folder.startsWith(environment.runs())) {
      allow(folder);
    }
  }

  private void allow(Path folder) {
    new DataRoots(environment.home()).allow(folder, console());
  }

  private Session session() {
    return new Session(
        environment, console(), gateway.remote(), new Outputs(jsonFile(), plotFile()));
  }

  private Optional<Path> jsonFile() {
    return Optional.ofNullable(json).map(environment.workingDirectory()::resolve);
  }

  private Optional<Path> plotFile() {
    return Optional.ofNullable(plot).map(environment.workingDirectory()::resolve);
  }

  private Console console() {
    return debug.console(environment);
  }
}
