package org.medtransformers.bench;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Batches from a data-service, beside the same ones made in this process. */
@Command(
    name = "loader",
    description = {
      "Times epochs of batches over HTTP from a data-service, beside those made in process.",
      "It starts the data-service for the purpose and takes turns.",
      "The last line is JSON: images per second of the fastest four epochs of each, and their"
          + " ratio."
    })
final class LoaderCommand extends ImagesCommand {
  private final Path root;

  @Option(names = "--batch", defaultValue = "16", description = "Images (${DEFAULT-VALUE})")
  private int batch;

  LoaderCommand(Path root, Path workingDirectory) {
    super(workingDirectory);
    this.root = root;
  }

  @Override
  Measurement measurement(ImageFolder images, Rounds rounds) {
    requirePositive("--batch", batch);
    return new OverHttp(root, images, batch, rounds.threads(), rounds.count())::measure;
  }
}
