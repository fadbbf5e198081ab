package org.medtransformers.cli.command;

import java.util.concurrent.Callable;
import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sends records to their topics again. */
@Command(
    name = "replay",
    description = {
      "Sends records to their topics again, as they came, and returns when the broker has them.",
      "One that was handled after all has no second effect. One that cannot be handled now either",
      "becomes a new letter."
    },
    exitCodeList = {
      "0:all were sent, or had been",
      "1:some were dropped before, have no value, or are for runs that do not wait for them any"
          + " more; the others were sent",
      "2:wrong usage, or an id of none; nothing was sent"
    })
final class DeadLettersReplayCommand implements Callable<Integer> {
  private final Environment environment;

  @ArgGroup(multiplicity = "1")
  private ChosenLetters chosen;

  @Mixin private SettledLetters settled;

  DeadLettersReplayCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return settled.settle(
        environment, chosen, (client, id) -> client.replay(id), "was sent to %s again");
  }
}
