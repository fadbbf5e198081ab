package org.medtransformers.bench;

import java.nio.file.Path;
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
final class TrainStepCommand extends LibtorchCommand {
  @Parameters(paramLabel = "MODEL", description = "A backbone_type, e.g. resnet50")
  private String model;

  @Option(names = "--batch", defaultValue = "16", description = "Images (${DEFAULT-VALUE})")
  private int batch;

  @Option(names = "--size", defaultValue = "224", description = "Pixels (${DEFAULT-VALUE})")
  private int size;

  @Option(names = "--steps", defaultValue = "8", description = "Measured (${DEFAULT-VALUE})")
  private int steps;

  @Option(names = "--bf16", description = "Multiplies in bfloat16")
  private boolean bf16;

  @Option(names = "--evaluate", description = "Forward passes without gradients instead")
  private boolean evaluate;

  TrainStepCommand(Path home) {
    super(home);
  }

  @Override
  Computation computation() {
    requirePositive("--batch", batch);
    requirePositive("--size", size);
    requirePositive("--steps", steps);
    return new TrainStep(backbone(model), batch, size, steps, bf16, evaluate)::measure;
  }
}
