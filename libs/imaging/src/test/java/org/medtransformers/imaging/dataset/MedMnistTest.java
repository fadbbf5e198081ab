package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.HeapShare;
import org.medtransformers.imaging.npz.UnpackedArrays;

class MedMnistTest {
  private final Map<String, byte[]> arrays = new LinkedHashMap<>();

  @TempDir Path location;

  @BeforeEach
  void grey() {
    part("train", 3, 1, 0, 1, 2);
    part("val", 1, 1, 1);
    part("test", 2, 1, 0, 2);
  }

  private void part(String name, int n, int columns, int... labels) {
    byte[] pixels = new byte[n * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (7 * i + name.length());
    }
    arrays.put(name + "_images", NpzBytes.npy("|u1", "(%d, 2, 3)".formatted(n), pixels));
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    arrays.put(name + "_labels", NpzBytes.npy("|u1", "(%d, %d)".formatted(n, columns), bytes));
  }

  @Test
  void aFileIsItsOwnSplitAndItsRowsAreImages() throws IOException {
    DatasetListing listing = list("mine.npz");
    assertEquals(List.of("0", "1", "2"), listing.description().classes());
    assertEquals(Task.MULTI_CLASS, listing.description().task());
    assertEquals(1, listing.description().channels());
    assertEquals(List.of(0, 1, 2), listing.splits().train());
    assertEquals(List.of(3), listing.splits().val());
    assertEquals(List.of(4, 5), listing.splits().test());
    Sample last = listing.samples().get(5);
    assertEquals(List.of(2), last.classes());
    assertEquals("mine.npz test_images[1]", last.source().name(listing.root()));
    try (UnpackedArrays images = new UnpackedArrays(location)) {
      ArrayRow row = (ArrayRow) last.source();
      byte[] pixels = images.row(row.file(), row.array(), row.row()).data();
      assertArrayEquals(new byte[] {46, 53, 60, 67, 74, 81}, pixels);
    }
  }

  @Test
  void publishedNamesGiveClassesAndSeveralColumnsAreFindings() throws IOException {
    for (String name : List.of("train", "val", "test")) {
      int[] labels = new int[2 * 14];
      labels[13] = 1;
      labels[14] = 1;
      part(name, 2, 14, labels);
    }
    DatasetListing listing = list("chestmnist.npz");
    assertEquals(Task.MULTI_LABEL, listing.description().task());
    assertEquals("hernia", listing.description().classes().get(13));
    assertEquals(TargetMetric.ROC_AUC, listing.description().targetMetric());
    assertEquals(
        List.of(List.of(13), List.of(0)),
        listing.samples().subList(0, 2).stream().map(Sample::classes).toList());
  }

  @Test
  void everySetIsListedInFourSizesWithItsChecksum() {
    assertEquals(12, MedMnistFile.sets().size());
    MedMnistFile file = MedMnistFile.of("retinamnist.npz").orElseThrow();
    assertEquals("bd4c0672f1bba3e3a89f0e4e876791e4", file.md5());
    assertEquals(TargetMetric.COHEN_KAPPA, file.metric());
    assertEquals(
        URI.create("https://zenodo.org/records/10519652/files/pathmnist_224.npz?download=1"),
        MedMnistFile.of("pathmnist_224.npz").orElseThrow().url());
    for (String set : MedMnistFile.sets()) {
      for (String size : List.of("", "_64", "_128", "_224")) {
        assertTrue(
            MedMnistFile.of(set + size + ".npz").orElseThrow().md5().matches("[0-9a-f]{32}"));
      }
    }
    assertTrue(MedMnistFile.of("pathmnist_28.npz").isEmpty());
    assertTrue(MedMnistFile.of("mine.npz").isEmpty());
  }

  @Test
  void publishedFilesAreWhatTheyAreListedAs() {
    String data = System.getProperty("medtrans.testdata");
    Assumptions.assumeTrue(data != null && !data.isBlank(), "needs -Dmedtrans.testdata");
    DatasetListing breast = list(Path.of(data), "medmnist", "breastmnist.npz");
    assertEquals(List.of("malignant", "normal, benign"), breast.description().classes());
    assertEquals(Task.BINARY, breast.description().task());
    assertEquals(546, breast.splits().train().size());
    assertEquals(78, breast.splits().val().size());
    assertEquals(156, breast.splits().test().size());
    DatasetListing retina = list(Path.of(data), "medmnist", "retinamnist.npz");
    assertEquals(3, retina.description().channels());
    assertEquals(1600, retina.samples().size());
  }

  @Test
  void filesThatAreNotInOrderAreRefusedByName() throws IOException {
    refusedWith("train_images", NpzBytes.npy("|u1", "(3, 2, 3)", new byte[17]), "truncated");
    refusedWith(
        "train_images", NpzBytes.npy("|u1", "(3, 2, 3)", new byte[19]), "more than its header");
    refusedWith("train_images", NpzBytes.npy("<f4", "(3, 2, 3)", new byte[72]), "<f4");
    refusedWith(
        "train_images",
        NpzBytes.npy("|u1", "(3, 2, 3, 4)", new byte[72]),
        "allowed are [n, height");
    refusedWith(
        "train_images", NpzBytes.npy("|u1", "(2, 2, 3)", new byte[12]), "allowed is [2, k]");
    refusedWith(
        "train_images", NpzBytes.npy("|u1", "(3, 1, 3)", new byte[9]), "allowed is one shape");
    refusedWith(
        "train_images",
        NpzBytes.npy("|u1", "(3, 60000, 60000)", new byte[9]),
        "60000], its bytes are 90");
    refusedWith(
        "train_images",
        NpzBytes.npy("|u1", "(999999999999, 99999999, 9999999)", new byte[9]),
        "allowed are");
    refusedWith("train_images", "PK no array".getBytes(StandardCharsets.UTF_8), "no NumPy array");
    byte[] fortran =
        new String(NpzBytes.npy("|u1", "(3, 2, 3)", new byte[18]), StandardCharsets.ISO_8859_1)
            .replace("False", "True ")
            .getBytes(StandardCharsets.ISO_8859_1);
    refusedWith("train_images", fortran, "C order");
    refusedWith("val_labels", NpzBytes.npy("|O8", "(1, 1)", new byte[8]), "|O8");
    refusedWith(
        "val_labels",
        NpzBytes.npy("<i8", "(1, 1)", new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}),
        "label is '-1'");
    refusedWith("val_labels", NpzBytes.npy("|u1", "(199999999, 1)", new byte[3]), "allowed are");
    arrays.remove("test_labels");
    assertTrue(refused("mine.npz").getMessage().contains("has no array test_labels"));
  }

  /** The memory that holds just what the file claims, and a byte or an image less. */
  @Test
  void whatAFileClaimsIsHeldAgainstTheMemoryBeforeItIsRead() throws IOException {
    assertEquals(3, MedMnist.parts(write("mine.npz"), new HeapShare(6 * 3072)).size());
    refusedWith(new HeapShare(6 * 3072 - 1), "has 6 images, allowed are 5");

    part("test", 2, 900, new int[1800]);
    refusedWith(new HeapShare(1800 * 12 * 4 - 1), "its shape is [2, 900], allowed are 1799");
    MedtransException shapes =
        assertThrows(
            MedtransException.class,
            () -> MedMnist.parts(write("mine.npz"), new HeapShare(1800 * 12 * 4)));
    assertTrue(shapes.getMessage().contains("allowed is one shape"), shapes.getMessage());

    part("test", 2, 1, 0, 2);
    arrays.put("train_images", NpzBytes.npy("|u1", "(3, 100, 200)", new byte[60_000]));
    refusedWith(new HeapShare(20_000 * 12 - 1), "200 x 100 pixels, allowed are 1 to 19999");
    refusedWith(new HeapShare(20_000 * 12), "allowed is one shape");
  }

  private void refusedWith(HeapShare memory, String reason) {
    MedtransException e =
        assertThrows(MedtransException.class, () -> MedMnist.parts(write("mine.npz"), memory));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains("mine.npz"), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private void refusedWith(String array, byte[] bytes, String reason) throws IOException {
    byte[] before = arrays.put(array, bytes);
    MedtransException e =
        assertThrows(
            MedtransException.class,
            () -> {
              DatasetListing listing = list("mine.npz");
              try (UnpackedArrays images = new UnpackedArrays(location)) {
                images.row(listing.samples().get(0).source().file(), "train_images", 0);
              }
            },
            reason);
    assertTrue(e.getMessage().contains("mine.npz"), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    arrays.put(array, before);
  }

  @Test
  void aMissingFileIsDownloadedOnceAndCheckedAgainstItsChecksum() throws Exception {
    byte[] content = NpzBytes.zip(arrays);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(content);
          }
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:%d/a.npz".formatted(server.getAddress().getPort()));
    Downloads downloads = new Downloads(location.resolve("down"), (file, done, total) -> {});
    MedtransException e =
        assertThrows(MedtransException.class, () -> downloads.get(url, "a.npz", "00".repeat(16)));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains("is not the published file: its MD5 is " + md5(content)));
    assertFalse(Files.exists(location.resolve("down/a.npz")));
    assertFalse(Files.exists(location.resolve("down/a.npz.part")));
    Path file = downloads.get(url, "a.npz", md5(content));
    assertArrayEquals(content, Files.readAllBytes(file));
    server.stop(0);
    assertEquals(file, downloads.get(url, "a.npz", md5(content)));
  }

  @Test
  void aNameThatIsNeitherThereNorPublishedIsRefused() {
    MedtransException e =
        assertThrows(MedtransException.class, () -> list(location, "MedMNIST", "mine.npz"));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains("breastmnist"), e.getMessage());
  }

  private static String md5(byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
  }

  private MedtransException refused(String name) {
    return assertThrows(MedtransException.class, () -> list(name));
  }

  private Path write(String name) throws IOException {
    Path folder = Files.createDirectories(location.resolve("MedMNIST"));
    return Files.write(folder.resolve(name), NpzBytes.zip(arrays));
  }

  private DatasetListing list(String name) throws IOException {
    write(name);
    return list(location, "MedMNIST", name);
  }

  private static DatasetListing list(Path location, String folder, String name) {
    String medtrans =
        "{\"medmnist\": {\"file\": \"%s\", \"folder\": \"%s\"}}".formatted(name, folder);
    return DatasetSource.list(
        DatasetName.MED_MNIST,
        location,
        Json.read(medtrans, RunConfig.Medtrans.class),
        path -> false,
        new Downloads(location.resolve("down"), (file, done, total) -> {}));
  }
}
