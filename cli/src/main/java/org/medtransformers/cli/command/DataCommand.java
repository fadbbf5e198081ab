package org.medtransformers.cli.command;

import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Looks at data sets, and erases images. */
@Command(
    name = "data",
    description = "Looks at the images of a data set, or erases some.",
    synopsisSubcommandLabel = "WHAT")
final class DataCommand {
  private DataCommand() {}

  static CommandLine in(Environment environment) {
    return new CommandLine(new DataCommand())
        .addSubcommand(new DataCheckCommand(environment))
        .addSubcommand(new DataEraseCommand(environment));
  }
}
