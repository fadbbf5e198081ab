package org.medtransformers.cli.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.access.TokenView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists tokens. */
@Command(
    name = "list",
    description = "Lists your tokens, the newest first; an administrator's list has all.")
final class TokenListCommand extends GatewayCommand {
  @Option(names = "--json", description = "Prints JSON, a list of tokens")
  private boolean json;

  TokenListCommand(Environment environment) {
    super(environment);
  }

  @Override
  int ask(GatewayClient client, Console console) {
    print(console, text(client.tokens()));
    return ExitCode.OK;
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
