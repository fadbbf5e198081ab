package org.medtransformers.bench;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Batches of augmented images. */
@Command(
    name = "augment",
    description = {
      "Times epochs of batches of the images in a folder, from prepared shards to tensors.",
      "The last line is JSON: images per second of the fastest epoch."
    })
final class AugmentCommand extends ImagesCommand {
  @Parameters(index = "1", paramLabel = "PIPELINE", description = "supervised or dino")
  private Pipeline pipeline;

  AugmentCommand(Path workingDirectory) {
    super(workingDirectory);
  }

  @Override
  Measurement measurement(ImageFolder images, Rounds rounds) {
    return new Augmentation(images, pipeline, rounds)::measure;
  }
}
