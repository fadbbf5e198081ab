package org.medtransformers.cli.command;

import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Withdraws a token. */
@Command(name = "revoke", description = "Makes a token worthless at once.")
final class TokenRevokeCommand extends GatewayCommand {
  @Parameters(paramLabel = "TOKEN", description = "Its id, as list shows it")
  private String id;

  TokenRevokeCommand(Environment environment) {
    super(environment);
  }

  @Override
  int ask(GatewayClient client, Console console) {
    client.withdrawToken(id);
    console.notice("Token " + id + " is withdrawn");
    return ExitCode.OK;
  }
}
