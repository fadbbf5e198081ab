package org.medtransformers.cli.bench;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.medtransformers.cli.Environment;
import org.medtransformers.cli.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.learning.engine.TorchEngine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures our own speed. */
@Command(
    name = "bench",
    description = "Measures how fast this machine trains; see docs/performance.md for comparisons.",
    synopsisSubcommandLabel = "WHAT")
public final class BenchCommand {
  private BenchCommand() {}

  /** With what it can measure. */
  public static CommandLine in(Environment environment) {
    return new CommandLine(new BenchCommand()).addSubcommand(new TrainStepCommand(environment));
  }

  /** Steps of a training. */
  @Command(
      name = "train-step",
      description = {
        "Times training steps on a batch of noise, five classes, Adam, gradients clipped to 1.",
        "The last line is JSON: milliseconds per step and peak resident memory."
      },
      exitCodeList = {"0:done", "2:wrong usage", "3:the machine is not idle; nothing was measured"})
  static final class TrainStepCommand implements Callable<Integer> {
    /** Kept, since a logger that nobody holds forgets its level. */
    private static final Logger DJL = Logger.getLogger("ai.djl");

    private final Environment environment;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A backbone_type, e.g. resnet50")
    private String model;

    @Option(names = "--batch", defaultValue = "16", description = "Images (${DEFAULT-VALUE})")
    private int batch;

    @Option(names = "--size", defaultValue = "224", description = "Pixels (${DEFAULT-VALUE})")
    private int size;

    @Option(names = "--steps", defaultValue = "8", description = "Measured (${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--threads", description = "Threads per operation (all cores)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--bf16", description = "Multiplies in bfloat16")
    private boolean bf16;

    @Option(names = "--evaluate", description = "Forward passes without gradients instead")
    private boolean evaluate;

    @Option(names = "--force", description = "Measures beside other work, too")
    private boolean force;

    TrainStepCommand(Environment environment) {
      this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
      TrainStep measurement = measurement();
      OptionalDouble busy = Idleness.busyCores();
      if (busy.isPresent() && busy.getAsDouble() > Idleness.ALLOWED && !force) {
        spec.commandLine()
            .getErr()
            .printf(
                Locale.ROOT,
                "medtrans: others keep %.1f cores busy, allowed are %.1f; --force measures anyway%n",
                busy.getAsDouble(),
                Idleness.ALLOWED)
            .flush();
        return ExitCode.NOT_IDLE;
      }
      TorchEngine.unpackInto(environment.home().resolve("djl"));
      // It warns of a missing GPU, whatever is asked of it.
      DJL.setLevel(Level.SEVERE);
      spec.commandLine().getOut().println(Json.write(measurement.measure()));
      return ExitCode.OK;
    }

    private TrainStep measurement() {
      requirePositive("--batch", batch);
      requirePositive("--size", size);
      requirePositive("--steps", steps);
      requirePositive("--threads", threads);
      try {
        Backbone backbone = Backbone.of(model);
        return new TrainStep(backbone, batch, size, steps, threads, bf16, evaluate);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage());
      }
    }

    private void requirePositive(String option, int value) {
      if (value < 1) {
        throw new ParameterException(
            spec.commandLine(), option + ": found " + value + ", allowed is 1 or more");
      }
    }
  }
}
