package org.medtransformers.cli.command;

import java.util.concurrent.Callable;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.access.NewToken;
import org.medtransformers.contracts.access.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a token. */
@Command(
    name = "create",
    description = {
      "Makes a token and prints it, this once. A program sends it as Authorization: Bearer …, a"
          + " medtrans command finds it in MEDTRANS_TOKEN."
    })
final class TokenCreateCommand implements Callable<Integer> {
  private final Environment environment;

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

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  TokenCreateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console = debug.console(environment);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              NewToken made = client.makeToken(name, role, days);
              console.notice(
                  "Token %s of %s, good until %s; it is shown only now:"
                      .formatted(made.view().id(), made.view().person(), made.view().expires()));
              console.out().println(made.token());
              console.out().flush();
              return ExitCode.OK;
            });
  }
}
