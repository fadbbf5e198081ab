package org.medtransformers.cli.command;

import java.util.concurrent.Callable;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.localstack.LocalStack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the local stack. */
@Command(
    name = "down",
    description = {
      "Stops the local stack and whatever a killed one left behind.",
      "Runs under way write a checkpoint and go on after the next start."
    })
final class DownCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec;

  DownCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    boolean stopped = LocalStack.stop(environment.home());
    spec.commandLine().getOut().println(stopped ? "Stopped" : "Nothing was running");
    return ExitCode.OK;
  }
}
