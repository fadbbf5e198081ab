package org.medtransformers.cli.command;

import java.util.concurrent.Callable;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine.Mixin;

/** A command that asks the gateway something, and needs nothing else. */
abstract class GatewayCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  GatewayCommand(Environment environment) {
    this.environment = environment;
  }

  /** Asks, and says what came of it; returns an exit code. */
  abstract int ask(GatewayClient client, Console console);

  @Override
  public final Integer call() {
    Console console = debug.console(environment);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(client -> ask(client, console));
  }

  /** Prints a result. */
  static void print(Console console, String text) {
    console.out().print(text);
    console.out().flush();
  }
}
