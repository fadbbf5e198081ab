package org.medtransformers.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.DeadLetterView;
import picocli.CommandLine.Mixin;

/** Does one thing to several dead letters: what is refused of one keeps none of the others back. */
final class SettledLetters {
  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  /**
   * @param change of one letter
   * @param done says in a line what was done, of a topic
   * @return an exit code
   */
  int settle(
      Environment environment,
      ChosenLetters chosen,
      BiConsumer<GatewayClient, String> change,
      String done) {
    Console console = debug.console(environment);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(client -> settle(client, chosen.of(client), change, done, console));
  }

  private static int settle(
      GatewayClient client,
      List<DeadLetterView> letters,
      BiConsumer<GatewayClient, String> change,
      String done,
      Console console) {
    List<String> refused = new ArrayList<>();
    for (DeadLetterView letter : letters) {
      try {
        change.accept(client, letter.id());
        console.out().println(letter.id() + " " + done.formatted(letter.topic()));
      } catch (MedtransException e) {
        if (e.code() == ErrorCode.UNAVAILABLE) {
          throw e;
        }
        refused.add(letter.id());
        console.notice("medtrans: " + e.getMessage());
      }
      console.out().flush();
    }
    if (letters.isEmpty()) {
      console.out().println("No dead letter waits");
      console.out().flush();
    }
    return refused.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
