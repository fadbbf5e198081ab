package org.medtransformers.cli.command;

import java.util.concurrent.Callable;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Withdraws a token. */
@Command(name = "revoke", description = "Makes a token worthless at once.")
final class TokenRevokeCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "TOKEN", description = "Its id, as list shows it")
  private String id;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  TokenRevokeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console = debug.console(environment);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              client.withdrawToken(id);
              console.notice("Token " + id + " is withdrawn");
              return ExitCode.OK;
            });
  }
}
