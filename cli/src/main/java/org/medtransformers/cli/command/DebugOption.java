package org.medtransformers.cli.command;

import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For those who want to see more. */
final class DebugOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--debug",
      description = "Shows every exchange with the gateway, and stack traces")
  private boolean debug;

  Console console(Environment environment) {
    return new Console(
        command.commandLine().getOut(),
        command.commandLine().getErr(),
        environment.terminal(),
        debug);
  }
}
