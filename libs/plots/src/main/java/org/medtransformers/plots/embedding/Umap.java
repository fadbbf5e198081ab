package org.medtransformers.plots.embedding;

import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Uniform Manifold Approximation and Projection, with the neighbours, distance and minimum distance
 * that umap-learn has by default. It begins with random places, where umap-learn begins with a
 * spectral layout: neighbours are kept as well, but where groups lie to each other means less.
 *
 * @see <a href="https://arxiv.org/abs/1802.03426">McInnes et al., 2018</a>
 */
final class Umap {
  /** More rows take minutes and do not make a picture clearer. */
  static final int MOST = 10_000;

  private static final int NEIGHBOURS = 15;
  private static final int FEWEST = 4;
  private static final long SEED = 42;

  private Umap() {}

  /**
   * Places in two dimensions, [n, 2]; always the same for the same rows.
   *
   * @param rows [n, features], {@link #MOST} at most
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} where there are fewer than 4 rows
   *     or numbers that are not finite
   */
  static float[][] layout(float[][] rows) {
    if (rows.length < FEWEST) {
      throw invalid("%d images, UMAP needs %d".formatted(rows.length, FEWEST));
    }
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw invalid("an embedding that is not finite cannot be laid out");
        }
      }
    }
    // More than one thread would make the order of additions, and so the places, a matter of
    // chance.
    return new tagbio.umap.Umap()
        .setNumberComponents(2)
        .setNumberNearestNeighbours(Math.min(NEIGHBOURS, rows.length - 1))
        .setThreads(1)
        .setSeed(SEED)
        .fitTransform(rows);
  }

  private static MedtransException invalid(String problem) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, problem);
  }
}
