package org.medtransformers.cli.command;

import java.util.concurrent.Callable;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.audit.AuditVerification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether the audit trail is as it was written. */
@Command(
    name = "verify",
    description = {
      "Says whether a line of the audit trail was changed, removed or put between others, and"
          + " prints its head. Keep that elsewhere, and give it the next time."
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private final Environment environment;

  @Option(
      names = "--head",
      paramLabel = "N:HASH",
      description = "What this printed before: that line must still be what it was")
  private String head;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  AuditVerifyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console = debug.console(environment);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              AuditVerification found = client.verifyAudit(head);
              if (found.wrong() != null) {
                console.notice(found.wrong());
                return ExitCode.FAILED;
              }
              console.notice("%d lines fit each other; the head:".formatted(found.lines()));
              console.out().println(found.lines() + ":" + found.head());
              console.out().flush();
              return ExitCode.OK;
            });
  }
}
