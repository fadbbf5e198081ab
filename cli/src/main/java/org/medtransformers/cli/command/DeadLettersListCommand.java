package org.medtransformers.cli.command;

import java.util.List;
import org.medtransformers.cli.gateway.DeadLetterIds;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.progress.LetterText;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.DeadLetterView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists dead letters. */
@Command(
    name = "list",
    description = "Lists the letters that wait, the newest first, each with the reason.")
final class DeadLettersListCommand extends GatewayCommand {
  @Option(
      names = "--all",
      description = "Also those of the last weeks that were replayed or dropped")
  private boolean all;

  @Option(names = "--json", description = "Prints JSON, a list of letters")
  private boolean json;

  DeadLettersListCommand(Environment environment) {
    super(environment);
  }

  @Override
  int ask(GatewayClient client, Console console) {
    print(console, text(DeadLetterIds.all(client, all ? "all" : "waiting")));
    return ExitCode.OK;
  }

  private String text(List<DeadLetterView> letters) {
    if (json) {
      return Json.pretty(letters) + "\n";
    }
    return letters.isEmpty() ? "No dead letter waits\n" : LetterText.list(letters);
  }
}
