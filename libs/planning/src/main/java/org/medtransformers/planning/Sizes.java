package org.medtransformers.planning;

import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.TrainingMethod;

/** Which image sizes, patches and batches may be. */
final class Sizes {
  private static final List<Integer> LADDER = List.of(32, 64, 96, 128, 160, 192, 224);

  /** What is measured first. */
  static final int BEGINNING = 64;

  /** Of the published weights. */
  static final int PUBLISHED_PATCH = 16;

  private static final int LEAST_TOKENS = 16;
  private static final int BATCH = 32;
  private static final int LEAST_BATCH = 8;
  private static final int BATCHES = 10;

  private Sizes() {}

  /**
   * From the smallest to that of the images.
   *
   * @param side of the images
   * @param published whether the patches are those of the published weights
   */
  static List<Integer> upTo(int side, boolean published) {
    int least = published ? BEGINNING : LADDER.get(0);
    int most = Math.max(side, least);
    return LADDER.stream().filter(size -> size >= least && size <= most).toList();
  }

  /** The transformers of which the one that is as fast as the CNN is taken. */
  static Stream<Setting> transformers(int size, int batch, int channels, boolean published) {
    List<Integer> patches = published ? List.of(PUBLISHED_PATCH) : List.of(4, 8, 16);
    return patches.stream()
        .filter(patch -> size % patch == 0)
        .filter(patch -> tokens(size, patch) >= LEAST_TOKENS)
        .filter(patch -> patch > 4 || size < BEGINNING)
        .map(patch -> setting(Backbone.DEIT_TINY, patch, size, batch, channels));
  }

  /** Whether patches of the published weights make sense on images of {@code wanted} pixels. */
  static boolean fitsPublished(Integer wanted) {
    return wanted == null || wanted >= BEGINNING;
  }

  private static int tokens(int size, int patch) {
    return size / patch * (size / patch);
  }

  static Setting cnn(int size, int batch, int channels) {
    return setting(Backbone.RESNET18, 0, size, batch, channels);
  }

  private static Setting setting(Backbone backbone, int patch, int size, int batch, int channels) {
    return new Setting(backbone, patch, size, batch, channels, TrainingMethod.SUPERVISED);
  }

  /** 32, fewer where that makes less than ten batches. */
  static int batch(int training) {
    int batch = BATCH;
    while (batch > LEAST_BATCH && training < BATCHES * batch) {
      batch /= 2;
    }
    return batch;
  }
}
