package org.medtransformers.imaging.dataset;

import java.nio.file.Path;

/** Where an image's bytes are. */
public sealed interface ImageSource permits ImageFile, ArrayRow {

  /**
   * The file that holds them: absolute, with links resolved, below the data set's folder or, where
   * a link leads out of it, where links may lead; a link that leads elsewhere is one still; may be
   * missing.
   */
  Path file();

  /** What to call the image, in an index or an error, beside the data set's folder {@code root}. */
  String name(Path root);
}
