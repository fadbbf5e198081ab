package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;

/**
 * A prepared set, its files mapped into memory, so that it takes some tens of bytes of the heap for
 * each image. Safe for many threads, and meant to be shared.
 */
public final class PreparedSet {
  static final String MANIFEST = "manifest.json";
  static final String INDEX = "index.csv";
  static final String SPLIT = "split.json";

  private final Manifest manifest;
  private final Index rows;
  private final ImageTable images;
  private final Map<String, MappedByteBuffer> shards;

  private PreparedSet(Manifest manifest, Index rows, Map<String, MappedByteBuffer> shards) {
    this.manifest = manifest;
    this.rows = rows;
    this.images = new ImageTable(rows);
    this.shards = shards;
  }

  /**
   * Opens a set; throws {@link ErrorCode#NOT_FOUND}, saying that it must be prepared again, where
   * any of its files is missing or not as it was written.
   */
  public static PreparedSet open(Path folder) {
    try {
      Manifest manifest = readManifest(folder);
      UsedSplit split = manifest.dataset().split();
      verified(folder.resolve(SPLIT), split == null ? "" : split.sha256());
      ByteBuffer index = verified(folder.resolve(INDEX), manifest.indexSha256());
      Map<String, MappedByteBuffer> shards = new HashMap<>();
      for (Manifest.Shard shard : manifest.shards()) {
        shards.put(shard.file(), map(folder.resolve(shard.file()), shard.bytes()));
      }
      return new PreparedSet(manifest, new Index(index), Map.copyOf(shards));
    } catch (IOException | UncheckedIOException e) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "prepared data set %s is missing or damaged, prepare it again: %s"
              .formatted(folder.getFileName(), e.getMessage()),
          e);
    }
  }

  static Manifest readManifest(Path folder) throws IOException {
    return Json.read(Files.readString(folder.resolve(MANIFEST)), Manifest.class);
  }

  private static ByteBuffer verified(Path file, String sha256) throws IOException {
    ByteBuffer bytes = map(file, Files.size(file));
    MessageDigest digest = Sha256.digest();
    digest.update(bytes.duplicate());
    if (!Sha256.hex(digest).equals(sha256)) {
      throw new IOException(file.getFileName() + " is not the one that was written");
    }
    return bytes;
  }

  private static MappedByteBuffer map(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() != bytes) {
        throw new IOException(
            "%s has %d bytes instead of %d".formatted(file, channel.size(), bytes));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes);
    }
  }

  /**
   * What tells the files in {@code folder} from others of the same names, such as those of a set
   * that was damaged and is prepared again; empty where there is none.
   */
  public static String state(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(PreparedSet::stateOfFile).collect(Collectors.joining("\n"));
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  private static String stateOfFile(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s %s %d %s"
          .formatted(file.getFileName(), is.fileKey(), is.size(), is.lastModifiedTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the pixels are those that were written; reads all of them. */
  boolean isIntact() {
    return manifest.shards().stream().allMatch(this::isIntact);
  }

  private boolean isIntact(Manifest.Shard shard) {
    CRC32C checksum = new CRC32C();
    checksum.update(shards.get(shard.file()).duplicate().position(Npy.HEADER_BYTES));
    return checksum.getValue() == shard.crc32c();
  }

  public PreparedDataset dataset() {
    return manifest.dataset();
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The size that all images of a part have; empty where each has its own. */
  public Optional<Size> size(Split split) {
    return Optional.ofNullable(manifest.sizes().get(split));
  }

  /**
   * All images, train, val, test; the position is the image's number everywhere. Each is read from
   * the disk when it is asked for.
   */
  public List<IndexRow> rows() {
    return rows;
  }

  /** Numbers of a part's images, ascending; shared, not to be changed. */
  public int[] rows(Split split) {
    return images.of(split);
  }

  /** Classes that image {@code number} shows, ascending. */
  public IntStream classes(int number) {
    return images.classes(number);
  }

  /** Memory that the index takes. */
  public long indexBytes() {
    return images.bytes();
  }

  /** A copy of the pixels of image {@code number}, which outlive the deletion of their file. */
  public Image image(int number) {
    int height = images.height(number);
    int width = images.width(number);
    int channels = images.channels(number);
    byte[] pixels = new byte[height * width * channels];
    shards.get(images.shard(number)).get(Npy.HEADER_BYTES + images.offset(number), pixels);
    return new Image(pixels, height, width, channels);
  }
}
