package org.medtransformers.cli.command;

import java.util.concurrent.Callable;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says that records are not to be sent again. */
@Command(
    name = "drop",
    description = {
      "Says that records need not be handled. They are remembered for some weeks, but not",
      "replayed any more."
    },
    exitCodeList = {
      "0:all were dropped, or had been",
      "1:some had been replayed; the others were dropped",
      "2:wrong usage, or an id of none; nothing was dropped"
    })
final class DeadLettersDropCommand implements Callable<Integer> {
  private final Environment environment;

  @ArgGroup(multiplicity = "1")
  private ChosenLetters chosen;

  @Mixin private SettledLetters settled;

  DeadLettersDropCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return settled.settle(environment, chosen, GatewayClient::drop, "of %s was dropped");
  }
}
