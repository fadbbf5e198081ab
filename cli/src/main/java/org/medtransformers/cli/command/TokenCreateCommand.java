package org.medtransformers.cli.command;

import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.access.NewToken;
import org.medtransformers.contracts.access.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a token. */
@Command(
    name = "create",
    description = {
      "Makes a token and prints it, this once. A program sends it as Authorization: Bearer …, a"
          + " medtrans command finds it in MEDTRANS_TOKEN."
    })
final class TokenCreateCommand extends GatewayCommand {
  @Parameters(paramLabel = "NAME", description = "By which you tell it from others")
  private String name;

  @Option(
      names = "--role",
      defaultValue = "viewer",
      description = "At most your own: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Role role;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "For how long it is good, 1 to 366; default: ${DEFAULT-VALUE}")
  private int days;

  TokenCreateCommand(Environment environment) {
    super(environment);
  }

  @Override
  int ask(GatewayClient client, Console console) {
    NewToken made = client.makeToken(name, role, days);
    console.notice(
        "Token %s of %s, good until %s; it is shown only now:"
            .formatted(made.view().id(), made.view().person(), made.view().expires()));
    print(console, made.token() + "\n");
    return ExitCode.OK;
  }
}
