package org.medtransformers.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.medtransformers.cli.gateway.DeadLetterIds;
import org.medtransformers.cli.progress.LetterText;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.DeadLetterView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters. */
@Command(
    name = "list",
    description = "Lists the letters that wait, the newest first, each with the reason.")
final class DeadLettersListCommand implements Callable<Integer> {
  private final Environment environment;

  @Option(
      names = "--all",
      description = "Also those of the last weeks that were replayed or dropped")
  private boolean all;

  @Option(names = "--json", description = "Prints JSON, a list of letters")
  private boolean json;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  DeadLettersListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console = debug.console(environment);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              console.out().print(text(DeadLetterIds.all(client, all ? "all" : "waiting")));
              console.out().flush();
              return ExitCode.OK;
            });
  }

  private String text(List<DeadLetterView> letters) {
    if (json) {
      return Json.pretty(letters) + "\n";
    }
    return letters.isEmpty() ? "No dead letter waits\n" : LetterText.list(letters);
  }
}
