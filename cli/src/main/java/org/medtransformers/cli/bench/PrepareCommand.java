package org.medtransformers.cli.bench;

import java.nio.file.Path;
import org.medtransformers.cli.Environment;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.transform.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What preparing does with each image. */
@Command(
    name = "prepare",
    description = {
      "Times reading, decoding and resizing the images in a folder to 256 x 256 pixels.",
      "The last line is JSON: images per second of the fastest round."
    })
final class PrepareCommand extends MeasuringCommand {
  private static final int SIDE = 256;

  private final Environment environment;

  @Parameters(paramLabel = "DIR", description = "Has .png or .jpg files; no labels")
  private Path folder;

  @Option(names = "--threads", defaultValue = "1", description = "Threads (${DEFAULT-VALUE})")
  private int threads;

  @Option(names = "--rounds", defaultValue = "3", description = "Measured (${DEFAULT-VALUE})")
  private int rounds;

  PrepareCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  Measurement measurement() {
    requirePositive("--threads", threads);
    requirePositive("--rounds", rounds);
    ImageFolder images = ImageFolder.of(environment.workingDirectory().resolve(folder));
    int count = images.files().size();
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    Operation resize = new Operation.Resize(SIDE, SIDE);
    Rounds.Round round = number -> i -> resize.apply(decoder.decode(images.files().get(i), 3));
    return () ->
        ImageRate.ours("prepare", count, new Rounds(rounds, threads).fastest(count, round));
  }
}
