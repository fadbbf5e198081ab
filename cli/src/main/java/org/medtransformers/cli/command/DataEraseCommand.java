package org.medtransformers.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import org.medtransformers.cli.data.ErasureText;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.erasure.ErasedThing;
import org.medtransformers.contracts.erasure.Erasure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Erases a patient's images from all that was derived from them. */
@Command(
    name = "erase",
    description = {
      "Erases a patient's or lesion's images, or one, from all that was derived from them: prepared",
      "data sets, predictions, maps and pictures. Says what stays, such as trained weights, and",
      "where the originals are. Later data sets are prepared without them. For administrators.",
      "Uses the running local stack, or starts one for the moment."
    },
    exitCodeList = {
      "0:done, or nothing was to be done",
      "1:not done, or not yet: what is in the way is named; what was begun goes on by itself",
      "2:wrong usage"
    })
final class DataEraseCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Chosen chosen;

  /** What is erased. */
  private static final class Chosen {
    @Option(
        names = "--group",
        paramLabel = "ID",
        description = "The patient or lesion, as the data set calls it")
    private String group;

    @Option(
        names = "--image",
        paramLabel = "ID",
        description = "The image, as the label file calls it")
    private String image;
  }

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = {
        "The only kind of data set that is meant, as in the experiment file: ${COMPLETION-CANDIDATES}.",
        "Its images are left out from now on even where none are at hand"
      })
  private DatasetName dataset;

  @Option(names = "--dry-run", description = "Shows what would be erased, and erases nothing")
  private boolean dryRun;

  @Option(names = "--yes", description = "Erases without asking")
  private boolean yes;

  @Option(names = "--json", description = "Prints what was, or would be, erased as JSON")
  private boolean json;

  @Mixin private GatewayOption gateway;

  DataEraseCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (!dryRun && !yes && !environment.terminal()) {
      throw new ParameterException(
          spec.commandLine(), "nobody can be asked here; allowed is --yes, or --dry-run");
    }
    Console console =
        new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), false, false);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(client -> erase(client, console));
  }

  private int erase(GatewayClient client, Console console) {
    if (dryRun) {
      show(ask(client, true), console);
      return ExitCode.OK;
    }
    if (!yes && !agreed(ask(client, true), console)) {
      console.notice("Nothing was erased");
      return ExitCode.FAILED;
    }
    Erasure erasure = ask(client, false);
    show(erasure, console);
    erasure.failures().forEach(failure -> console.notice("medtrans: not done yet: " + failure));
    return erasure.done() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Erasure ask(GatewayClient client, boolean look) {
    return chosen.group != null
        ? client.erase(ErasedThing.GROUP, chosen.group, dataset, look)
        : client.erase(ErasedThing.IMAGE, chosen.image, dataset, look);
  }

  private void show(Erasure erasure, Console console) {
    console.out().print(json ? Json.pretty(erasure) + "\n" : ErasureText.of(erasure));
    console.out().flush();
  }

  private static boolean agreed(Erasure erasure, Console console) {
    console.notice(ErasureText.of(erasure) + "This cannot be undone. Type yes to erase it:");
    try {
      // Not closed: it is the process's.
      String line =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return line != null && line.strip().equals("yes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
