package org.medtransformers.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.gateway.Experiments;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the report of an experiment. */
@Command(
    name = "report",
    description = {
      "Writes the report of an experiment: verdict, data, methods, results, limits, the CLAIM",
      "checklist and what makes it again.",
      "Uses the running local stack, or starts one for the moment."
    })
final class ReportCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description = "A name, an id or its beginning; default: the newest")
  private String experiment;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "html",
      description = {
        "html: one file that needs nothing beside itself (default); md; latex;",
        "zip: all of these, with every figure, table and file"
      })
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Default: report-NAME and its ending, in the working directory")
  private Path out;

  @Option(names = "--no-images", description = "Shows no example images")
  private boolean withoutImages;

  @Mixin private GatewayOption gateway;

  private enum Format {
    HTML(".html"),
    MD(".md"),
    LATEX(".tex"),
    ZIP(".zip");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ReportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console =
        new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), false, false);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              write(client, console);
              return ExitCode.OK;
            });
  }

  private void write(GatewayClient client, Console console) {
    Summary found = Experiments.find(client, Optional.ofNullable(experiment));
    Path file = environment.workingDirectory().resolve(out == null ? name(found) : out);
    JsonFile.requireWritable(file);
    JsonFile.writeBytes(file, client.report(found.id(), format.key(), !withoutImages));
    console.out().println("Wrote " + file);
    console.out().flush();
  }

  /** The name comes from a gateway that may be anybody's. */
  private Path name(Summary found) {
    return Path.of("report-" + found.name().replaceAll("[^A-Za-z0-9._-]", "_") + format.extension);
  }
}
