package org.medtransformers.cli.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.access.TokenView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists tokens. */
@Command(
    name = "list",
    description = "Lists your tokens, the newest first; an administrator's list has all.")
final class TokenListCommand implements Callable<Integer> {
  private final Environment environment;

  @Option(names = "--json", description = "Prints JSON, a list of tokens")
  private boolean json;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  TokenListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console = debug.console(environment);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              console.out().print(text(client.tokens()));
              console.out().flush();
              return ExitCode.OK;
            });
  }

  private String text(List<TokenView> tokens) {
    if (json) {
      return Json.pretty(tokens) + "\n";
    }
    if (tokens.isEmpty()) {
      return "No tokens\n";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("token", "name", "person", "role", "expires", "last use"));
    for (TokenView token : tokens) {
      rows.add(
          List.of(
              token.id(),
              token.name(),
              token.person(),
              token.role().label(),
              token.expires().toString(),
              used(token.used())));
    }
    return Columns.render(rows);
  }

  private static String used(Instant last) {
    return last == null ? "never" : last.toString();
  }
}
