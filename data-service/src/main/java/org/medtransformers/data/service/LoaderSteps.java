package org.medtransformers.data.service;

import java.util.List;

/**
 * How a loader makes one view of an image.
 *
 * @param image number in the prepared index
 * @param views of an image that the loader makes
 * @param seed of the loader
 * @param steps in their order, the first is the prepared image itself
 */
public record LoaderSteps(
    int image, int epoch, int view, int views, long seed, List<LoaderSteps.Step> steps) {

  /**
   * One of them.
   *
   * @param name of the transform as in the experiment file, or {@code prepared}
   * @param operations what was drawn; none where it did nothing
   * @param changed whether the image is another than before
   * @param height of the image afterwards
   */
  public record Step(
      String name, List<String> operations, boolean changed, int height, int width) {}
}
