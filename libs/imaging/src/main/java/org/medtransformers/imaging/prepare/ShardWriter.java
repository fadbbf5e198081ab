package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.Image;

/**
 * Appends the images of one part to its shards: [n, height, width, channels] where all have one
 * size, flat otherwise.
 */
final class ShardWriter implements AutoCloseable {
  /** Java maps no more than 2 GiB at once. */
  static final long MAX_BYTES = 1L << 30;

  /** Where an image was put. */
  record Place(String shard, int row, long offset) {}

  private final Path folder;
  private final Split split;
  private final Optional<Size> size;
  private final List<Manifest.Shard> finished = new ArrayList<>();
  private FileChannel channel;
  private int rows;
  private long offset;
  private int channels;
  private CRC32C checksum;

  ShardWriter(Path folder, Split split, Optional<Size> size) {
    this.folder = folder;
    this.split = split;
    this.size = size;
  }

  Place append(Image image) throws IOException {
    int bytes = image.data().length;
    if (channel != null && offset + bytes > MAX_BYTES) {
      finish();
    }
    if (channel == null) {
      open();
    }
    channels = image.channels();
    write(ByteBuffer.wrap(image.data()));
    checksum.update(image.data());
    Place place = new Place(name(), rows, offset);
    rows++;
    offset += bytes;
    return place;
  }

  private String name() {
    return String.format(Locale.ROOT, "%s-%03d.npy", split.label(), finished.size());
  }

  private void open() throws IOException {
    channel =
        FileChannel.open(
            folder.resolve(name()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.position(Npy.HEADER_BYTES);
    checksum = new CRC32C();
    rows = 0;
    offset = 0;
  }

  private void finish() throws IOException {
    channel.position(0);
    write(
        size.isPresent()
            ? Npy.header(rows, size.get().height(), size.get().width(), channels)
            : Npy.header(offset));
    channel.force(true);
    channel.close();
    finished.add(
        new Manifest.Shard(name(), split, rows, Npy.HEADER_BYTES + offset, checksum.getValue()));
    channel = null;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Ends the last shard and lists all of them. */
  List<Manifest.Shard> finished() throws IOException {
    if (channel != null) {
      finish();
    }
    return List.copyOf(finished);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
