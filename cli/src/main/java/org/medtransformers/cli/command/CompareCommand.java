package org.medtransformers.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.document.KeptFile;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.progress.PlanPage;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.stack.DataRoots;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.ComparisonRequest;
import org.medtransformers.contracts.comparison.Question;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.DatasetVerdict;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From a folder of images to a verdict. */
@Command(
    name = "compare",
    description = {
      "Compares a CNN with a transformer on the images in a folder, in a given time.",
      "Looks at the data, measures this machine, plans by rules",
      "(docs/comparing.md), writes an experiment file and runs it."
    })
final class CompareCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      paramLabel = "DATA",
      description = {
        "A folder with one for each class, or of a published layout;",
        "an npz file of MedMNIST; a CSV file of images and classes.",
        "The services may read it from now on"
      })
  private Path data;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = ComparisonRequest.USUAL_TIME,
      description = {
        "That the whole may take: 30m, 1h30m, 2h,",
        "overnight (10 hours) (default: ${DEFAULT-VALUE})"
      })
  private String time;

  @Option(
      names = "--question",
      paramLabel = "QUESTION",
      defaultValue = "all",
      description = {
        "architecture: CNN or transformer, from first weights;",
        "all: then with which beginning, as far as the time",
        "goes (default: ${DEFAULT-VALUE})"
      })
  private Question question;

  @Option(names = "--repetitions", paramLabel = "N", description = "Seeds of each arm, 3 or more")
  private Integer repetitions;

  @Option(
      names = {"--image-size", "--image_size"},
      paramLabel = "PIXELS",
      description = "Size of the images, square")
  private Integer imageSize;

  @Option(names = "--name", paramLabel = "NAME", description = "Of the experiment")
  private String name;

  @Option(names = "--remeasure", description = "Measures the speed again though it is known")
  private boolean remeasure;

  @Option(names = "--plan", description = "Shows what would run, writes the file; starts no run")
  private boolean planOnly;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the experiment file is written (default: ./compare-NAME.json)")
  private Path output;

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Also writes the plan (with --plan), or {experiment, runs, table, …}, there")
  private Path json;

  @Mixin private GatewayOption gateway;

  @Mixin private DebugOption debug;

  CompareCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Optional<Path> out = Optional.ofNullable(json).map(environment.workingDirectory()::resolve);
    out.ifPresent(JsonFile::requireWritable);
    Console console = debug.console(environment);
    Path path = environment.workingDirectory().resolve(data).toAbsolutePath().normalize();
    if (gateway.remote().isEmpty()) {
      allow(path, console);
    }
    Session session =
        new Session(
            environment,
            console,
            gateway.remote(),
            new Outputs(planOnly ? Optional.empty() : out, Optional.empty()));
    if (planOnly) {
      return session.with(client -> show(session, client, path, out));
    }
    Planned planned = new Planned();
    return session.conduct(
        client -> {
          planned.began = environment.nanoTime().getAsLong();
          planned.plan = planned(session, client, path);
          return planned.plan.document();
        },
        (client, ended) -> verdict(client, ended, console),
        (client, ended) ->
            tellTime(
                planned.plan, environment.nanoTime().getAsLong() - planned.began, ended, console));
  }

  /** What is known only once the platform is there. */
  private static final class Planned {
    private long began;
    private ComparisonPlan plan;
  }

  /** The folder that an experiment file has to name: a published layout is found in its parent. */
  private void allow(Path path, Console console) {
    if (Files.notExists(path)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, path + ": there is no such folder or file");
    }
    boolean published =
        DatasetName.named(path.getFileName() == null ? "" : path.getFileName().toString())
            .filter(layout -> layout.ownKey().isEmpty())
            .isPresent();
    boolean itself = Files.isDirectory(path) && !published;
    new DataRoots(environment.home()).allow(itself ? path : path.getParent(), console);
  }

  private int show(Session session, GatewayClient client, Path path, Optional<Path> out) {
    ComparisonPlan plan = planned(session, client, path);
    out.ifPresent(file -> JsonFile.write(file, plan));
    return ExitCode.OK;
  }

  private ComparisonPlan planned(Session session, GatewayClient client, Path path) {
    Console console = debug.console(environment);
    ComparisonRequest request =
        new ComparisonRequest(
            path.toString(),
            time,
            question,
            new ComparisonRequest.Options(repetitions, imageSize, name, remeasure ? true : null));
    ComparisonPlan plan = client.plan(request, console::notice, session::interrupted);
    console.out().println(PlanPage.render(plan));
    console.out().flush();
    plan.notices().forEach(notice -> console.notice(Columns.printable(notice)));
    Path file = keep(plan);
    console.notice(
        "Experiment file: %s; edit it, and run it with ./medtrans run %s".formatted(file, file));
    return plan;
  }

  private Path keep(ComparisonPlan plan) {
    if (output == null) {
      String own = plan.name().replaceFirst("^compare ", "");
      return KeptFile.write(
          environment.workingDirectory(),
          "compare-" + own.replaceAll("[^\\p{L}\\p{N}._-]+", "_"),
          plan.document());
    }
    Path file = environment.workingDirectory().resolve(output);
    KeptFile.write(file, plan.document());
    return file;
  }

  /** Before the table. */
  private static void verdict(GatewayClient client, ExperimentView ended, Console console) {
    ExperimentComparison comparison =
        Json.read(
            client.comparison(List.of(ended.experiment().id()), "json"),
            ExperimentComparison.class);
    String sentences =
        comparison.verdicts().stream()
            .map(DatasetVerdict::sentence)
            .map(Columns::printable)
            .collect(Collectors.joining(System.lineSeparator()));
    console
        .out()
        .printf(
            "%nVerdict: %s%n", sentences.isEmpty() ? "none: no two arms have results" : sentences);
    console.out().flush();
  }

  private static void tellTime(
      ComparisonPlan plan, long nanos, ExperimentView ended, Console console) {
    console
        .out()
        .printf(
            "%nReport: ./medtrans report %s%nPlanned %s, took %s of %s.%n",
            ended.experiment().id(),
            ComparisonPlan.duration(plan.time().planned()),
            ComparisonPlan.duration(Duration.ofNanos(nanos).toMillis() / 1e3),
            ComparisonPlan.duration(plan.time().given()));
    console.out().flush();
  }
}
