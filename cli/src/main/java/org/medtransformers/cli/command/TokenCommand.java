package org.medtransformers.cli.command;

import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Sees to tokens by which programs ask the gateway. */
@Command(
    name = "token",
    description =
        "Makes, lists and withdraws tokens by which programs ask the gateway in your name.",
    synopsisSubcommandLabel = "WHAT")
final class TokenCommand {
  private TokenCommand() {}

  static CommandLine in(Environment environment) {
    return new CommandLine(new TokenCommand())
        .addSubcommand(new TokenCreateCommand(environment))
        .addSubcommand(new TokenListCommand(environment))
        .addSubcommand(new TokenRevokeCommand(environment));
  }
}
