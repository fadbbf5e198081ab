package org.medtransformers.bench;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steps of DINO. */
@Command(
    name = "dino-step",
    description = {
      "Times steps of DINO on noise.",
      "Two crops of 224 pixels and six of 96 per image, AdamW, gradients clipped to 3.",
      "The last line is JSON: milliseconds per step and peak resident memory."
    })
final class DinoStepCommand extends LibtorchCommand {
  @Parameters(paramLabel = "MODEL", description = "A backbone_type, e.g. deit_tiny")
  private String model;

  @Option(names = "--batch", defaultValue = "8", description = "Images (${DEFAULT-VALUE})")
  private int batch;

  @Option(names = "--steps", defaultValue = "5", description = "Measured (${DEFAULT-VALUE})")
  private int steps;

  @Option(names = "--out", defaultValue = "4096", description = "Outputs (${DEFAULT-VALUE})")
  private int outputs;

  @Option(names = "--bf16", description = "Multiplies in bfloat16")
  private boolean bf16;

  DinoStepCommand(Path home) {
    super(home);
  }

  @Override
  Computation computation() {
    requirePositive("--batch", batch);
    requirePositive("--steps", steps);
    requirePositive("--out", outputs);
    return new DinoStep(backbone(model), batch, steps, outputs, bf16)::measure;
  }
}
