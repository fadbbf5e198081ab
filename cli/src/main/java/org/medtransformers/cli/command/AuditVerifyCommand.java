package org.medtransformers.cli.command;

import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.audit.AuditVerification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says whether the audit trail is as it was written. */
@Command(
    name = "verify",
    description = {
      "Says whether a line of the audit trail was changed, removed or put between others, and"
          + " prints its head. Keep that elsewhere, and give it the next time."
    })
final class AuditVerifyCommand extends GatewayCommand {
  @Option(
      names = "--head",
      paramLabel = "N:HASH",
      description = "What this printed before: that line must still be what it was")
  private String head;

  AuditVerifyCommand(Environment environment) {
    super(environment);
  }

  @Override
  int ask(GatewayClient client, Console console) {
    AuditVerification found = client.verifyAudit(head);
    if (found.wrong() != null) {
      console.notice(found.wrong());
      return ExitCode.FAILED;
    }
    console.notice("%d lines fit each other; the head:".formatted(found.lines()));
    print(console, found.lines() + ":" + found.head() + "\n");
    return ExitCode.OK;
  }
}
