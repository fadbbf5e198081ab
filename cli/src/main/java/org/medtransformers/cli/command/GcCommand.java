package org.medtransformers.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.Cleanup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes what nobody needs any more. */
@Command(
    name = "gc",
    description = {
      "Removes at once what would be removed by itself: what is left of trainings whose"
          + " medtrans.retention is over but the weights of their best models, and prepared data"
          + " sets above the quota. Nothing that a run needs which waits or is at work.",
      "Uses the running local stack, or starts one for the moment."
    },
    exitCodeList = {
      "0:done",
      "1:something could not be removed, which is named; all else was",
      "2:wrong usage"
    })
final class GcCommand implements Callable<Integer> {
  private static final double MIB = 1 << 20;
  private static final Map<String, String> WHAT =
      Map.of(
          "checkpoints", "runs whose training is over: all but the best weights",
          "orphans", "left of runs that were deleted",
          "datasets", "prepared data sets above the quota",
          "progress", "entries of old curves");

  private final Environment environment;

  @Spec private CommandSpec spec;

  @Option(names = "--dry-run", description = "Shows what would be removed, and removes nothing")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints JSON: {dryRun, items, failures}")
  private boolean json;

  @Mixin private GatewayOption gateway;

  GcCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Console console =
        new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), false, false);
    return new Session(environment, console, gateway.remote(), Outputs.NONE)
        .with(
            client -> {
              Cleanup cleanup = client.clean(dryRun);
              console.out().print(json ? Json.pretty(cleanup) + "\n" : text(cleanup));
              console.out().flush();
              cleanup
                  .failures()
                  .forEach(failure -> console.notice("medtrans: cannot be removed: " + failure));
              return cleanup.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
            });
  }

  private static String text(Cleanup cleanup) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(cleanup.dryRun() ? "would remove" : "removed", "count", "size"));
    cleanup
        .items()
        .forEach(
            item ->
                rows.add(
                    List.of(
                        WHAT.getOrDefault(item.kind(), item.kind()),
                        Long.toString(item.count()),
                        size(item.bytes()))));
    return Columns.render(rows);
  }

  private static String size(Long bytes) {
    return bytes == null ? "–" : String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }
}
