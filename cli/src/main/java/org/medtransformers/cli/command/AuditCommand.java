package org.medtransformers.cli.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.cli.gateway.AuditQuery;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.contracts.audit.AuditLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows who did what. */
@Command(name = "audit", description = "Shows who did what, the newest first; for operators.")
final class AuditCommand extends GatewayCommand {
  @Option(names = "--person", paramLabel = "NAME", description = "Only what this person did")
  private String person;

  @Option(
      names = "--action",
      paramLabel = "WHAT",
      converter = ActionConverter.class,
      description = "Only this, such as start-experiment, delete-experiment, download-file")
  private AuditAction action;

  @Option(
      names = "--object",
      paramLabel = "ID",
      description = "Only what was done to the experiment, run or token with this id")
  private String object;

  @Option(names = "--from", paramLabel = "TIME", description = "From then on: 2026-11-30T10:00:00Z")
  private Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before then")
  private Instant to;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many, 1 to 1000; default: ${DEFAULT-VALUE}")
  private int lines;

  @Option(names = "--json", description = "Prints JSON, a list of lines")
  private boolean json;

  private AuditCommand(Environment environment) {
    super(environment);
  }

  static CommandLine in(Environment environment) {
    return new CommandLine(new AuditCommand(environment))
        .addSubcommand(new AuditVerifyCommand(environment));
  }

  /** By the words that JSON has for them. */
  static final class ActionConverter implements CommandLine.ITypeConverter<AuditAction> {
    @Override
    public AuditAction convert(String label) {
      try {
        return AuditAction.of(label);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  int ask(GatewayClient client, Console console) {
    AuditQuery query = new AuditQuery(person, action, object, from, to, lines);
    print(console, text(client.audit(query)));
    return ExitCode.OK;
  }

  private String text(List<AuditLine> found) {
    if (json) {
      return Json.pretty(found) + "\n";
    }
    if (found.isEmpty()) {
      return "No lines\n";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("line", "when", "who", "from", "what", "of", "came of it"));
    for (AuditLine line : found) {
      rows.add(
          List.of(
              Long.toString(line.number()),
              line.at().toString(),
              joined(line.person(), line.token() == null ? null : "by token " + line.token()),
              shown(line.remote()),
              line.action().label(),
              shown(line.object()),
              joined(line.result().label(), line.detail())));
    }
    return Columns.render(rows);
  }

  private static String joined(String... parts) {
    return shown(Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(" ")));
  }

  private static String shown(String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }
}
