package org.medtransformers.bench;

import java.nio.file.Path;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.transform.Operation;
import picocli.CommandLine.Command;

/** What preparing does with each image. */
@Command(
    name = "prepare",
    description = {
      "Times reading, decoding and resizing the images in a folder to 256 x 256 pixels.",
      "The last line is JSON: images per second of the fastest round."
    })
final class PrepareCommand extends ImagesCommand {
  private static final int SIDE = 256;
  private static final int CHANNELS = 3;

  PrepareCommand(Path workingDirectory) {
    super(workingDirectory);
  }

  @Override
  Measurement measurement(ImageFolder images, Rounds rounds) {
    int count = images.files().size();
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    Operation resize = new Operation.Resize(SIDE, SIDE);
    Rounds.Round round =
        number -> i -> resize.apply(decoder.decode(images.files().get(i), CHANNELS));
    return () -> ImageRate.ours("prepare", count, rounds.fastest(count, round));
  }
}
