package org.medtransformers.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures our own speed. */
@Command(
    name = "bench",
    description = "Measures how fast this machine is; see docs/performance.md for comparisons.",
    synopsisSubcommandLabel = "WHAT")
public final class BenchCommand {
  private BenchCommand() {}

  /**
   * With what it can measure.
   *
   * @param home where libtorch is unpacked, and the local stack is
   * @param root the checkout, where the services' jars are
   * @param workingDirectory what relative paths are taken against
   */
  public static CommandLine in(Path home, Path root, Path workingDirectory) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new TrainStepCommand(home))
        .addSubcommand(new DinoStepCommand(home))
        .addSubcommand(new KnnCommand(home))
        .addSubcommand(new KernelsCommand(home, workingDirectory))
        .addSubcommand(new UmapCommand())
        .addSubcommand(new AugmentCommand(workingDirectory))
        .addSubcommand(new PrepareCommand(workingDirectory))
        .addSubcommand(new LoaderCommand(root, workingDirectory))
        .addSubcommand(new StoreCommand(home));
  }
}
