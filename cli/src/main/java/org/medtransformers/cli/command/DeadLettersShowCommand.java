package org.medtransformers.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.gateway.DeadLetterIds;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.progress.LetterText;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.DeadLetterDetail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one dead letter. */
@Command(
    name = "show",
    description = {
      "Shows a letter with its headers and the beginning of its value.",
      "What a terminal would not show is written as \\uXXXX."
    })
final class DeadLettersShowCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "ID", description = "A letter's id or its beginning")
  private String id;

  @Option(
      names = "--raw",
      paramLabel = "FILE",
      description = "Also writes the value there, all of it, as it came")
  private Path raw;

  @Option(names = "--json", description = "Prints JSON: {letter, headers, text, truncated}")
  private boolean json;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  DeadLettersShowCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Optional<Path> file = Optional.ofNullable(raw).map(environment.workingDirectory()::resolve);
    file.ifPresent(JsonFile::requireWritable);
    Console console = debug.console(environment);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              show(client, file, console);
              return ExitCode.OK;
            });
  }

  private void show(GatewayClient client, Optional<Path> file, Console console) {
    String found = DeadLetterIds.find(client, List.of(id)).get(0).id();
    DeadLetterDetail detail = client.deadLetter(found);
    file.ifPresent(path -> JsonFile.writeBytes(path, client.deadLetterValue(found)));
    console.out().print(json ? Json.pretty(detail) + "\n" : LetterText.page(detail));
    console.out().flush();
  }
}
