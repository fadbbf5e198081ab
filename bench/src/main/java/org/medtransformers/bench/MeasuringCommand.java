package org.medtransformers.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.medtransformers.contracts.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A measurement: checks its arguments, refuses a machine that is not idle, prints a JSON line. */
@Command(
    exitCodeList = {
      "0:done",
      "1:it cannot be measured, e.g. because an image is damaged",
      "2:wrong usage",
      "3:the machine is not idle; nothing was measured"
    })
abstract class MeasuringCommand implements Callable<Integer> {
  /** Takes the time; what it returns is printed. */
  interface Measurement {
    Object measure() throws InterruptedException, IOException;
  }

  /** Exit code where others use the machine. */
  private static final int NOT_IDLE = 3;

  @Spec private CommandSpec spec;

  @Option(names = "--force", description = "Measures beside other work, too")
  private boolean force;

  /** What to measure, once the machine is found idle; throws where an argument is wrong. */
  abstract Measurement measurement();

  @Override
  public final Integer call() throws InterruptedException, IOException {
    Measurement measurement = measurement();
    if (!force && isBusy()) {
      return NOT_IDLE;
    }
    spec.commandLine().getOut().println(Json.write(measurement.measure()));
    return ExitCode.OK;
  }

  private boolean isBusy() throws InterruptedException {
    OptionalDouble busy = Idleness.busyCores();
    if (busy.isEmpty() || busy.getAsDouble() <= Idleness.ALLOWED) {
      return false;
    }
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "medtrans: others keep %.1f cores busy, allowed are %.1f; --force measures anyway%n",
            busy.getAsDouble(),
            Idleness.ALLOWED)
        .flush();
    return true;
  }

  /** The refusal of an argument, for {@link #measurement()} to throw. */
  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  final void requirePositive(String option, int value) {
    if (value < 1) {
      throw wrong(option + ": found " + value + ", allowed is 1 or more");
    }
  }
}
