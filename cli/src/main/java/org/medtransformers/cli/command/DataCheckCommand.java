package org.medtransformers.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.data.CheckPage;
import org.medtransformers.cli.data.CheckedSets;
import org.medtransformers.cli.document.Changes;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.prepare.CheckReport;
import org.medtransformers.imaging.prepare.DataCheck;
import org.medtransformers.imaging.prepare.PrepareListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells before a training what would make its numbers wrong. */
@Command(
    name = "check",
    description = {
      "Reads every image and prints a page: classes per part, groups, duplicates, leaks, images",
      "that cannot be read, the range of values, sizes. Prepares nothing, needs no service."
    },
    exitCodeList = {
      "0:no problem was found; there may be notices",
      "1:unreadable images, duplicates or groups across parts, duplicates with different labels,"
          + " or a class without training images; or the data set is not as it must be",
      "2:wrong usage or an invalid experiment file"
    })
final class DataCheckCommand implements Callable<Integer> {
  private static final int IMAGES_PER_NOTICE = 1000;

  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE|DIR",
      description = {
        "An experiment file, or a folder: of a known layout or that holds such folders, else with",
        "a folder for each class. Of a folder the split is the default one"
      })
  private Path given;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Sets one value of the experiment file, as for run")
  private Map<String, String> sets = new LinkedHashMap<>();

  @Mixin private DataLocationOption dataLocation;

  @Option(names = "--json", description = "Tells it as JSON, a list of data sets")
  private boolean json;

  DataCheckCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<CheckReport> reports = new ArrayList<>();
    DataCheck check =
        new DataCheck(ImageLimits.DEFAULT, Runtime.getRuntime().availableProcessors(), listener());
    for (CheckedSets.CheckedSet set : sets()) {
      CheckReport report = check.of(set.listing(), set.bits());
      if (!json) {
        out.print((reports.isEmpty() ? "" : System.lineSeparator()) + CheckPage.render(report));
        out.flush();
      }
      reports.add(report);
    }
    if (json) {
      out.println(Json.pretty(reports));
      out.flush();
    }
    return reports.stream().allMatch(report -> report.problems().isEmpty())
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private List<CheckedSets.CheckedSet> sets() {
    Optional<Path> location = dataLocation.in(environment.workingDirectory());
    Path path = environment.workingDirectory().resolve(given);
    return new CheckedSets(environment).of(path, Changes.ofData(location, sets));
  }

  /** A line now and then for who waits at a terminal. */
  private PrepareListener listener() {
    return (done, total) -> {
      if (environment.terminal() && done % IMAGES_PER_NOTICE == 0) {
        spec.commandLine().getErr().printf("%d of %d images%n", done, total);
      }
    };
  }
}
