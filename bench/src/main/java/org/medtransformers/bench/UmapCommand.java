package org.medtransformers.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Maps of embeddings. */
@Command(
    name = "umap",
    description = {
      "Times the map of random embeddings by UMAP, on one thread.",
      "The last line is JSON: milliseconds for the map."
    })
final class UmapCommand extends MeasuringCommand {
  private static final int FEWEST = 4;
  private static final int MOST = 10_000;

  @Option(names = "--images", defaultValue = "3000", description = "Embedded (${DEFAULT-VALUE})")
  private int images;

  @Option(names = "--dim", defaultValue = "384", description = "Features (${DEFAULT-VALUE})")
  private int dim;

  @Override
  Measurement measurement() {
    requirePositive("--dim", dim);
    if (images < FEWEST || images > MOST) {
      throw wrong("--images: found %d, allowed are %d to %d".formatted(images, FEWEST, MOST));
    }
    return new UmapLayout(images, dim)::measure;
  }
}
