package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageLimits;

/**
 * Small files that claim more than the memory holds, in a process that is run as a service is: out
 * of memory ends it. Each must be refused by name, and the process must go on to prepare a set that
 * is in order.
 */
class HostileFilesTest {
  private static final String MEDMNIST = "{'medmnist': {'file': '%s.npz', 'folder': '.'}}";
  private static final String CSV =
      "{'csv': {'file': '%s.csv', 'folder': '.', 'image_column': 'image',"
          + " 'label_columns': ['finding']}}";
  private static final byte[] ZEROS = new byte[1 << 16];

  @TempDir Path location;

  /** Prepares what each line of its input asks for, and prints how that ends. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      Path location = Path.of(args[0]);
      Preparer preparer =
          new Preparer(location.resolve("sets"), ImageLimits.DEFAULT, 2, path -> false);
      for (int i = 1; i < args.length; i += 2) {
        System.out.println(prepared(preparer, location, args[i], args[i + 1]));
      }
    }

    private static String prepared(
        Preparer preparer, Path location, String dataset, String options) {
      PrepareSpec like = TestSets.spec(DatasetName.valueOf(dataset), location, TestSets.RESIZE_20);
      PrepareSpec spec =
          new PrepareSpec(like.dataset(), Json.read(options, RunConfig.Medtrans.class));
      try {
        return "prepared " + preparer.prepare(spec, (done, total) -> {}).sizes();
      } catch (MedtransException e) {
        return e.code() + " " + e.getMessage();
      }
    }
  }

  @Test
  void eachIsRefusedByNameAndTheProcessGoesOn() throws Exception {
    npz("many", "(2000000, 1, 1)", 2_000_000, "(2000000, 1)", 2_000_000);
    npz("labels", "(3, 1, 1)", 3, "(3, 10000000)", 30_000_000);
    npz("wide", "(1, 3000, 3000)", 9_000_000, "(1, 1)", 1);
    npz("claim", "(3, 1, 1)", 3, "(3, 60000000)", 3);
    Files.writeString(location.resolve("line.csv"), "image,finding\n" + "x".repeat(7 << 20));
    values(location.resolve("values.csv"));
    png(Files.createDirectories(location.resolve("folder/a")).resolve("bomb.png"), 5_000, 5_000);
    png(location.resolve("folder/a/row.png"), 20_000_000, 1);
    Files.createDirectories(location.resolve("folder/b"));
    for (int i = 0; i < 20; i++) {
      png(location.resolve("folder/b/%d.png".formatted(i)), 30, 30);
    }
    assertTrue(Files.size(location.resolve("many.npz")) < 20_000);
    TestSets.phantom(location);

    List<String> lines =
        run(
            "MED_MNIST", quoted(MEDMNIST.formatted("many")),
            "MED_MNIST", quoted(MEDMNIST.formatted("labels")),
            "MED_MNIST", quoted(MEDMNIST.formatted("wide")),
            "MED_MNIST", quoted(MEDMNIST.formatted("claim")),
            "CSV", quoted(CSV.formatted("line")),
            "CSV", quoted(CSV.formatted("values")),
            "IMAGE_FOLDER", quoted("{'image_folder': {'folder': 'folder'}}"),
            "IMAGE_FOLDER",
                quoted("{'on_bad_image': 'skip', 'image_folder': {'folder': 'folder'}}"),
            "APTOS2019", "{}");
    assertEquals(9, lines.size(), lines.toString());
    says(lines.get(0), "DATASET_INVALID", "many.npz", "6000000 images, allowed are");
    says(lines.get(1), "DATASET_INVALID", "labels.npz", "[3, 10000000], allowed are");
    says(lines.get(2), "DATASET_INVALID", "wide.npz", "3000 x 3000 pixels, allowed are");
    says(lines.get(3), "DATASET_INVALID", "claim.npz", "[3, 60000000], allowed are");
    says(lines.get(4), "DATASET_INVALID", "line.csv", "7340046 bytes, allowed are");
    says(lines.get(5), "DATASET_INVALID", "values.csv", "its values take more than the");
    says(lines.get(6), "IMAGE_TOO_LARGE", "bomb.png", "row.png", "allowed are", "-Xmx");
    // What is in a set does not depend on the memory of the process that prepared it.
    assertEquals(lines.get(6), lines.get(7));
    says(lines.get(8), "prepared", "train");
  }

  private static void says(String line, String... parts) {
    for (String part : parts) {
      assertTrue(line.contains(part), line);
    }
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private List<String> run(String... sets) throws IOException, InterruptedException {
    ProcessBuilder process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                location.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    process.command().addAll(List.of(sets));
    Process started = process.start();
    List<String> lines =
        new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, started.waitFor(), lines.toString());
    return lines;
  }

  /** Three parts alike. */
  private void npz(String name, String images, long imageBytes, String labels, long labelBytes)
      throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(location.resolve(name + ".npz")))) {
      for (String part : List.of("train", "val", "test")) {
        array(zip, part + "_images", images, imageBytes);
        array(zip, part + "_labels", labels, labelBytes);
      }
    }
  }

  private static void array(ZipOutputStream zip, String name, String shape, long bytes)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': %s, }\n".formatted(shape);
    zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
    zip.write(header.getBytes(StandardCharsets.US_ASCII));
    zeros(zip, bytes);
  }

  private static void zeros(OutputStream out, long bytes) throws IOException {
    for (long left = bytes; left > 0; left -= ZEROS.length) {
      out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
  }

  private static void values(Path file) throws IOException {
    StringBuilder text = new StringBuilder("image,finding\n");
    for (int i = 0; i < 400_000; i++) {
      text.append(i).append(",x\n");
    }
    Files.writeString(file, text);
  }

  /** Grey of 8 bits, all black. */
  private static void png(Path file, int width, int height) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
      byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).array();
      chunk(out, "IHDR", header);
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
        zeros(deflater, (long) (width + 1) * height);
      }
      chunk(out, "IDAT", data.toByteArray());
      chunk(out, "IEND", new byte[0]);
    }
  }

  private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
    byte[] named =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 crc = new CRC32();
    crc.update(named);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(named);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
