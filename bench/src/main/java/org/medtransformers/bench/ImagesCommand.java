package org.medtransformers.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A measurement of what is done to all images of a folder, several times over. */
abstract class ImagesCommand extends MeasuringCommand {
  private final Path workingDirectory;

  @Parameters(index = "0", paramLabel = "DIR", description = "Has .png or .jpg files; no labels")
  private Path folder;

  @Option(names = "--threads", defaultValue = "1", description = "Threads (${DEFAULT-VALUE})")
  private int threads;

  @Option(names = "--rounds", defaultValue = "3", description = "Measured (${DEFAULT-VALUE})")
  private int rounds;

  ImagesCommand(Path workingDirectory) {
    this.workingDirectory = workingDirectory;
  }

  @Override
  final Measurement measurement() {
    requirePositive("--threads", threads);
    requirePositive("--rounds", rounds);
    Path images = workingDirectory.resolve(folder);
    return measurement(ImageFolder.of(images), new Rounds(rounds, threads));
  }

  abstract Measurement measurement(ImageFolder images, Rounds rounds);
}
