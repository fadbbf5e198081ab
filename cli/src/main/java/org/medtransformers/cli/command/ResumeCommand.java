package org.medtransformers.cli.command;

import java.util.concurrent.Callable;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a run go on that has failed or was cancelled. */
@Command(
    name = "resume",
    description = {
      "Lets a run that has failed or was cancelled go on from its last checkpoint, as the same run,",
      "and waits for its experiment. One that is at work is only waited for.",
      "Uses the running local stack, or starts one for the duration."
    })
final class ResumeCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "RUN", description = "A run's id")
  private String run;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  ResumeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return new Session(environment, debug.console(environment), gateway.remote(), Outputs.NONE)
        .resume(run);
  }
}
