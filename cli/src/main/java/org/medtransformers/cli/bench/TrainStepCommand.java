package org.medtransformers.cli.bench;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.medtransformers.cli.Environment;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.learning.engine.TorchEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steps of a training. */
@Command(
    name = "train-step",
    description = {
      "Times training steps on a batch of noise, five classes, Adam, gradients clipped to 1.",
      "The last line is JSON: milliseconds per step and peak resident memory."
    })
final class TrainStepCommand extends MeasuringCommand {
  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger DJL = Logger.getLogger("ai.djl");

  private final Environment environment;

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

  TrainStepCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  Measurement measurement() {
    requirePositive("--batch", batch);
    requirePositive("--size", size);
    requirePositive("--steps", steps);
    requirePositive("--threads", threads);
    TrainStep step = new TrainStep(backbone(), batch, size, steps, threads, bf16, evaluate);
    return () -> {
      TorchEngine.unpackInto(environment.home().resolve("djl"));
      // It warns of a missing GPU, whatever is asked of it.
      DJL.setLevel(Level.SEVERE);
      return step.measure();
    };
  }

  private Backbone backbone() {
    try {
      return Backbone.of(model);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }
}
