package org.medtransformers.cli.bench;

import java.nio.file.Path;
import org.medtransformers.cli.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Batches of augmented images. */
@Command(
    name = "augment",
    description = {
      "Times epochs of batches of the images in a folder, from prepared shards to tensors.",
      "The last line is JSON: images per second of the fastest epoch."
    })
final class AugmentCommand extends MeasuringCommand {
  private final Environment environment;

  @Parameters(index = "0", paramLabel = "DIR", description = "Has .png or .jpg files; no labels")
  private Path folder;

  @Parameters(index = "1", paramLabel = "PIPELINE", description = "supervised or dino")
  private Pipeline pipeline;

  @Option(names = "--threads", defaultValue = "1", description = "Threads (${DEFAULT-VALUE})")
  private int threads;

  @Option(names = "--rounds", defaultValue = "3", description = "Epochs (${DEFAULT-VALUE})")
  private int rounds;

  AugmentCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  Measurement measurement() {
    requirePositive("--threads", threads);
    requirePositive("--rounds", rounds);
    ImageFolder images = ImageFolder.of(environment.workingDirectory().resolve(folder));
    return new Augmentation(images, pipeline, new Rounds(rounds, threads))::measure;
  }
}
