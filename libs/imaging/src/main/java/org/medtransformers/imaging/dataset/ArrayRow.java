package org.medtransformers.imaging.dataset;

import java.nio.file.Path;

/**
 * An image in an array of an npz file.
 *
 * @param array name of the array, such as {@code train_images}
 * @param row from 0
 */
public record ArrayRow(Path file, String array, int row) implements ImageSource {
  @Override
  public String name(Path root) {
    return "%s %s[%d]".formatted(root.relativize(file), array, row);
  }
}
