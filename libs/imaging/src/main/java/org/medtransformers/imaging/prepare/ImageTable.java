package org.medtransformers.imaging.prepare;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Split;

/**
 * What batches ask of an index, in arrays: some tens of bytes for each image, where its row takes a
 * thousand. Immutable.
 */
final class ImageTable {
  /**
   * Four numbers for its pixels, two where its classes and its line begin, its number and class.
   */
  private static final int BYTES_PER_IMAGE = 8 * Integer.BYTES;

  private final Map<Split, int[]> parts = new EnumMap<>(Split.class);
  private final List<String> shards;
  private final short[] shard;
  private final int[] offset;
  private final int[] height;
  private final int[] width;
  private final byte[] channels;
  private final int[] classStart;
  private final int[] classes;

  ImageTable(List<IndexRow> rows) {
    int images = rows.size();
    shard = new short[images];
    offset = new int[images];
    height = new int[images];
    width = new int[images];
    channels = new byte[images];
    classStart = new int[images + 1];
    Map<String, Integer> names = new LinkedHashMap<>();
    Map<Split, IntStream.Builder> numbers = new EnumMap<>(Split.class);
    IntStream.Builder shown = IntStream.builder();
    for (int i = 0; i < images; i++) {
      IndexRow row = rows.get(i);
      shard[i] = (short) (int) names.computeIfAbsent(row.shard(), name -> names.size());
      // A shard has a gibibyte, or one image.
      offset[i] = Math.toIntExact(row.offset());
      height[i] = row.height();
      width[i] = row.width();
      channels[i] = (byte) row.channels();
      row.classes().forEach(shown::add);
      classStart[i + 1] = classStart[i] + row.classes().size();
      numbers.computeIfAbsent(row.split(), split -> IntStream.builder()).add(i);
    }
    shards = List.copyOf(names.keySet());
    classes = shown.build().toArray();
    numbers.forEach((split, part) -> parts.put(split, part.build().toArray()));
  }

  /** Numbers of a part's images, ascending; shared, not to be changed. */
  int[] of(Split split) {
    return parts.getOrDefault(split, new int[0]);
  }

  String shard(int image) {
    return shards.get(Short.toUnsignedInt(shard[image]));
  }

  /** Of the first pixel, in bytes behind the shard's header. */
  int offset(int image) {
    return offset[image];
  }

  int height(int image) {
    return height[image];
  }

  int width(int image) {
    return width[image];
  }

  int channels(int image) {
    return channels[image];
  }

  /** Classes that an image shows, ascending. */
  IntStream classes(int image) {
    return IntStream.range(classStart[image], classStart[image + 1]).map(i -> classes[i]);
  }

  /** Memory that this takes, and an index beside it. */
  long bytes() {
    return (long) BYTES_PER_IMAGE * shard.length + (long) Integer.BYTES * classes.length;
  }
}
