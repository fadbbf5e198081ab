package org.medtransformers.imaging.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;

/**
 * Files of pydicom and dcmtk; what must come out is pydicom's, see {@code formats/make.py}, and
 * libjpeg's, see {@code formats/make_colours.py}.
 */
class DicomCodecTest {
  private static final Path FILES = Path.of("src/test/resources/formats");
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);
  private static final byte[] ROWS = {0x28, 0, 0x10, 0, 'U', 'S', 2, 0};

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileIsWhatPydicomReads(Path file) {
    String name = file.toString().replace(".dcm", "");
    boolean grey = Files.exists(Path.of(name + ".pgm"));
    Path expected = Path.of(name + (grey ? ".pgm" : ".ppm"));
    int channels = grey ? 1 : 3;
    // pydicom converts YBR_FULL in floating point and truncates, we round; JPEG as for JPEG files.
    int tolerance = name.endsWith("ybr_full") ? 1 : 0;
    Image wanted = DECODER.decode(expected, channels);
    Image found = DECODER.decode(file, channels);
    assertEquals(wanted.toString(), found.toString());
    for (int i = 0; i < wanted.data().length; i++) {
      int off = Math.abs((wanted.data()[i] & 0xFF) - (found.data()[i] & 0xFF));
      assertTrue(off <= tolerance, "off by " + off + " at " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyTruncationIsRefusedByName(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 16; length += 1 + length / 50) {
      byte[] cut = Arrays.copyOf(whole, length);
      MedtransException e =
          assertThrows(MedtransException.class, () -> DECODER.decode(cut, "cut.dcm", 1));
      assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
      assertTrue(e.getMessage().contains("cut.dcm"), e.getMessage());
    }
  }

  @Test
  void noChangedByteEndsInAnythingButAnImageOrARefusal() throws IOException {
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = 128; at < whole.length; at += 3) {
        byte[] changed = whole.clone();
        changed[at] ^= (byte) (0x80 | at);
        try {
          DECODER.decode(changed, "changed.dcm", 3);
        } catch (MedtransException e) {
          assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"explicit_12bit_depth", "rle_12bit", "lossless_57", "baseline_grey"})
  void hugeDeclaredSizesAreRefusedBeforeAnythingIsDecoded(String name) throws IOException {
    byte[] file = Files.readAllBytes(FILES.resolve(name + ".dcm"));
    int rows = indexOf(file, ROWS) + ROWS.length;
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(rows, (short) 60_000);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(rows + 10, (short) 60_000);
    MedtransException e =
        assertThrows(MedtransException.class, () -> DECODER.decode(file, "bomb.dcm", 1));
    assertTrue(e.getMessage().contains("60000 x 60000 pixels, allowed are"), e.getMessage());
    // Within the limits, but far more than the file holds.
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(rows, (short) 9_000);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(rows + 10, (short) 9_000);
    assertThrows(MedtransException.class, () -> DECODER.decode(file, "bomb.dcm", 1));
  }

  @Test
  void whatIsNotReadIsNamed() throws IOException {
    refused(
        replaced("rle_12bit", "1.2.840.10008.1.2.5\0", "1.2.840.10008.1.2.4."), "transfer syntax");
    refused(replaced("monochrome1", "MONOCHROME1 ", "PALETTECOLOR"), "'PALETTECOLOR'");
    refused(replaced("window_sigmoid", "SIGMOID ", "MYSTERY "), "VOI LUT function 'MYSTERY'");
    refused("no DICOM at all".getBytes(StandardCharsets.UTF_8), "neither PNG, JPEG");
  }

  @Test
  void sequencesInSequencesWithoutEndAreRefused() {
    byte[] start = new byte[132];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, start, 128, 4);
    ByteBuffer file = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN).put(start);
    byte[] uid = "1.2.840.10008.1.2.1\0".getBytes(StandardCharsets.US_ASCII);
    file.putShort((short) 2).putShort((short) 0x10).put((byte) 'U').put((byte) 'I');
    file.putShort((short) uid.length).put(uid);
    while (file.remaining() > 20) {
      file.putShort((short) 8).putShort((short) 0x1140).put((byte) 'S').put((byte) 'Q');
      file.putShort((short) 0).putInt(-1);
      file.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(-1);
    }
    refused(Arrays.copyOf(file.array(), file.position()), "sequences in more than 32 others");
  }

  @Test
  void deflatedIsRefusedByThatName() {
    byte[] uid = "1.2.840.10008.1.2.1.99".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN).position(128);
    file.put("DICM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 2).putShort((short) 0x10);
    file.put((byte) 'U').put((byte) 'I').putShort((short) uid.length).put(uid);
    file.put(new byte[] {0x63, 0x60, 0x18, 5, (byte) 0xA3, 0x60});
    refused(file.array(), "transfer syntax 1.2.840.10008.1.2.1.99 (deflated), read are");
  }

  private static void refused(byte[] file, String reason) {
    MedtransException e =
        assertThrows(MedtransException.class, () -> DECODER.decode(file, "odd.dcm", 1));
    assertTrue(e.getMessage().contains("odd.dcm"), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private static byte[] replaced(String name, String old, String replacement) throws IOException {
    byte[] file = Files.readAllBytes(FILES.resolve(name + ".dcm"));
    byte[] wanted = replacement.getBytes(StandardCharsets.ISO_8859_1);
    int at = indexOf(file, old.getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(at > 0, "the file has " + old);
    System.arraycopy(wanted, 0, file, at, wanted.length);
    return file;
  }

  private static int indexOf(byte[] file, byte[] part) {
    for (int i = 0; i + part.length <= file.length; i++) {
      if (Arrays.equals(file, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not in the file");
  }
}
