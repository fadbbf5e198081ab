package org.medtransformers.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.golden.imaging.ImagingCases;
import org.medtransformers.golden.learning.Compute;
import org.medtransformers.golden.learning.LearningCases;
import org.medtransformers.golden.statistics.StatisticsCases;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Parity;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares this build with reference numbers. */
@Command(
    name = "parity",
    description = {
      "Compares with the reference numbers of a folder.",
      "One line per case: the worst deviation over its tolerance, and pass or FAIL."
    },
    exitCodeList = {
      "0:every case passed",
      "1:a case failed, or something in the folder was not used",
      "2:wrong usage"
    })
final class ParityCommand implements Callable<Integer> {
  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger DJL = Logger.getLogger("ai.djl");

  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder, with its manifest.json")
  private Path folder;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "Runs one group of cases only, e.g. models")
  private String group;

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Also writes JSON: {folder, passed, failed, cases}")
  private Path json;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "cpu (default), or cuda:0 for the first GPU; the images' groups use none")
  private String device;

  /** What {@code --json} writes. */
  record Outcome(String folder, int passed, int failed, List<Verdict> cases) {}

  ParityCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path golden = environment.workingDirectory().resolve(folder);
    if (!Files.isDirectory(golden)) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, folder + " is no folder");
    }
    Optional<Path> out = Optional.ofNullable(json).map(environment.workingDirectory()::resolve);
    out.ifPresent(JsonFile::requireWritable);
    TorchEngine.unpackInto(environment.home().resolve("djl"));
    // It warns of a missing GPU, whatever is asked of it.
    DJL.setLevel(Level.SEVERE);
    Compute compute = new Compute(Runtime.getRuntime().availableProcessors(), device);
    if (!device.equals(TorchDevice.CPU.name())) {
      compute.start();
    }
    PrintWriter writer = spec.commandLine().getOut();
    List<Verdict> cases = new ArrayList<>();
    Report report =
        new Report(
            verdict -> {
              cases.add(verdict);
              writer.println(line(verdict));
              writer.flush();
            });
    new Parity(runners(compute)).run(golden, Optional.ofNullable(group), report);
    writer.printf("%d passed, %d failed%n", report.passed(), report.failed());
    writer.flush();
    out.ifPresent(
        file ->
            JsonFile.write(
                file, new Outcome(golden.toString(), report.passed(), report.failed(), cases)));
    return report.failed() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static List<CaseRunner> runners(Compute compute) {
    List<CaseRunner> runners = new ArrayList<>(LearningCases.runners(compute));
    runners.addAll(ImagingCases.runners());
    runners.addAll(StatisticsCases.runners());
    return runners;
  }

  private static String line(Verdict verdict) {
    String name = verdict.group() + "/" + verdict.name();
    String worst =
        Double.isNaN(verdict.worst()) ? "-" : String.format(Locale.ROOT, "%.3g", verdict.worst());
    String outcome = (verdict.passed() ? "pass  " : "FAIL  ") + verdict.message();
    String line = String.format(Locale.ROOT, "%-48s %9s  %s", name, worst, outcome);
    return Columns.printable(line.stripTrailing());
  }
}
