package org.medtransformers.imaging.dataset;

import java.nio.file.Path;

/** An image in a file of its own. */
public record ImageFile(Path file) implements ImageSource {
  @Override
  public String name(Path root) {
    return root.relativize(file).toString();
  }
}
