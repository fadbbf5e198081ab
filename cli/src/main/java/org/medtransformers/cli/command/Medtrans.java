package org.medtransformers.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.medtransformers.bench.BenchCommand;
import org.medtransformers.cli.terminal.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The root of all commands. */
@Command(
    name = "medtrans",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    description = "Compares CNNs with vision transformers on your own medical images.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a run failed or was cancelled, or the platform did not do what was asked",
      "2:wrong usage or an invalid experiment file; nothing was started",
      "130:interrupted (Ctrl-C)"
    })
public final class Medtrans {
  private Medtrans() {}

  public static void main(String[] arguments) {
    CommandLine commandLine = commandLine(Environment.ofProcess());
    commandLine.setOut(utf8(FileDescriptor.out)).setErr(utf8(FileDescriptor.err));
    System.exit(commandLine.execute(arguments));
  }

  /** All commands in {@code environment}. */
  public static CommandLine commandLine(Environment environment) {
    Failures failures = new Failures();
    return new CommandLine(new Medtrans())
        .addSubcommand(new DemoCommand(environment))
        .addSubcommand(new CompareCommand(environment))
        .addSubcommand(new RunCommand(environment))
        .addSubcommand(new ResumeCommand(environment))
        .addSubcommand(DataCommand.in(environment))
        .addSubcommand(new ResultsCommand(environment))
        .addSubcommand(new ReportCommand(environment))
        .addSubcommand(new EvaluateCommand(environment))
        .addSubcommand(new ExportCommand(environment))
        .addSubcommand(new PredictCommand(environment))
        .addSubcommand(new UpCommand(environment))
        .addSubcommand(new DownCommand(environment))
        .addSubcommand(new StatusCommand(environment))
        .addSubcommand(new LogsCommand(environment))
        .addSubcommand(TokenCommand.in(environment))
        .addSubcommand(AuditCommand.in(environment))
        .addSubcommand(DeadLettersCommand.in(environment))
        .addSubcommand(new GcCommand(environment))
        .addSubcommand(new DoctorCommand(environment))
        .addSubcommand(new ParityCommand(environment))
        .addSubcommand(
            BenchCommand.in(environment.home(), environment.root(), environment.workingDirectory()))
        .addSubcommand(new CompletionCommand())
        .addSubcommand(new CommandLine.HelpCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  /** Tables have ± and names may have anything, whatever the locale. */
  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
  }
}
