package org.medtransformers.imaging.prepare;

import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;

/**
 * {@code manifest.json}, the last file written.
 *
 * @param sizes to which the images of a part were resized; a part that is absent has its images in
 *     their own sizes, in flat shards
 * @param classCounts images per class, by part
 * @param statistics of the images
 * @param skipped images left out, where the run's file allows it
 * @param indexSha256 of {@code index.csv}
 */
public record Manifest(
    PreparedDataset dataset,
    Map<Split, Size> sizes,
    Map<Split, List<Integer>> classCounts,
    Statistics statistics,
    List<Shard> shards,
    List<BadImage> skipped,
    String indexSha256) {

  /**
   * @param bytes length of the file
   * @param crc32c checksum of what follows the header
   */
  public record Shard(String file, Split split, int images, long bytes, long crc32c) {}

  /** An image that could not be read, and why. */
  public record BadImage(String source, String reason) {}
}
