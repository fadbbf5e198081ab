package org.medtransformers.cli.command;

import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Sees to records that services could not handle. */
@Command(
    name = "dead-letters",
    description = {
      "Sees to records that a service could not handle and put aside. They wait until somebody",
      "has them replayed or dropped."
    },
    synopsisSubcommandLabel = "WHAT")
final class DeadLettersCommand {
  private DeadLettersCommand() {}

  static CommandLine in(Environment environment) {
    return new CommandLine(new DeadLettersCommand())
        .addSubcommand(new DeadLettersListCommand(environment))
        .addSubcommand(new DeadLettersShowCommand(environment))
        .addSubcommand(new DeadLettersReplayCommand(environment))
        .addSubcommand(new DeadLettersDropCommand(environment));
  }
}
