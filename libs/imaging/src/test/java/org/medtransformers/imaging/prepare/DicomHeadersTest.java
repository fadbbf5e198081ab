package org.medtransformers.imaging.prepare;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.TestSets;

/**
 * What DICOM files say of a patient is nowhere in what is made of them: neither in the files of a
 * prepared set, which are all that others are told of, nor in an error.
 */
class DicomHeadersTest {
  private static final String NAME = "DOE^JANE";
  private static final String ID = "PID-4711";
  private static final int META = 132;
  private static final int IMAGES = 20;

  @TempDir Path location;
  @TempDir Path root;

  private Path folder;
  private byte[] image;
  private PrepareSpec spec;

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectories(location.resolve("DICOM"));
    image = withPatient(resource("eight_bit.dcm"));
    StringBuilder labels = new StringBuilder("image,finding\n");
    for (int i = 0; i < IMAGES; i++) {
      Files.write(folder.resolve("i" + i + ".dcm"), image);
      labels.append('i').append(i).append(i % 2 == 0 ? ",none\n" : ",some\n");
    }
    Files.writeString(folder.resolve("labels.csv"), labels);
    spec =
        new PrepareSpec(
            TestSets.spec(DatasetName.DICOM, location, TestSets.RESIZE_20).dataset(),
            Json.read(
                """
                {"method": "supervised", "split": {"kind": "seed-compatible"},
                 "on_bad_image": "fail",
                 "dicom": {"csv": "labels.csv", "id_column": "image", "label_column": "finding",
                           "channels": 1}}
                """,
                RunConfig.Medtrans.class));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DicomHeadersTest.class.getResourceAsStream("/formats/" + name)) {
      return in.readAllBytes();
    }
  }

  /** The same image with name and id of a patient, in explicit little endian as it is. */
  private static byte[] withPatient(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(2, in.getInt(META), "the length of the file's own header");
    int end = META + 12 + in.getInt(META + 8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, end);
    out.write(element(0x0010, "PN", NAME));
    out.write(element(0x0020, "LO", ID));
    out.write(file, end, file.length - end);
    return out.toByteArray();
  }

  private static byte[] element(int number, String vr, String value) {
    return ByteBuffer.allocate(8 + value.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x0010)
        .putShort((short) number)
        .put(vr.getBytes(ISO_8859_1))
        .putShort((short) value.length())
        .put(value.getBytes(ISO_8859_1))
        .array();
  }

  private static boolean saysWho(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    return text.contains(NAME) || text.contains(ID);
  }

  @Test
  void noFileOfAPreparedSetSaysWhoThePatientIs() throws IOException {
    assertTrue(saysWho(image), "the original does");
    assertEquals(IMAGES, TestSets.prepared(spec, root).rows().size());
    List<Path> written;
    try (Stream<Path> files = Files.walk(root)) {
      written = files.filter(Files::isRegularFile).toList();
    }
    assertTrue(written.size() > 4, written::toString);
    for (Path file : written) {
      assertFalse(saysWho(Files.readAllBytes(file)), file::toString);
    }
  }

  /** Wherever it breaks off: in the header, before the pixels, among them. */
  @Test
  void noErrorSaysIt() throws IOException {
    for (int length = META; length < image.length; length += Math.max(1, image.length / 50)) {
      Files.write(folder.resolve("i0.dcm"), Arrays.copyOf(image, length));
      MedtransException e =
          assertThrows(MedtransException.class, () -> TestSets.prepared(spec, root));
      assertFalse(saysWho(e.getMessage().getBytes(ISO_8859_1)), e::getMessage);
    }
  }
}
