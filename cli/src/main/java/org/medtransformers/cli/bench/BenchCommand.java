package org.medtransformers.cli.bench;

import org.medtransformers.cli.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures our own speed. */
@Command(
    name = "bench",
    description = "Measures how fast this machine is; see docs/performance.md for comparisons.",
    synopsisSubcommandLabel = "WHAT")
public final class BenchCommand {
  private BenchCommand() {}

  /** With what it can measure. */
  public static CommandLine in(Environment environment) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new TrainStepCommand(environment))
        .addSubcommand(new DinoStepCommand(environment))
        .addSubcommand(new KnnCommand(environment))
        .addSubcommand(new UmapCommand())
        .addSubcommand(new AugmentCommand(environment))
        .addSubcommand(new PrepareCommand(environment))
        .addSubcommand(new LoaderCommand(environment));
  }
}
