package org.medtransformers.imaging.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;

class PnmCodecTest {
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  @Test
  void binaryGreyAndColourAreReadAsTheyStand() {
    Image grey =
        DECODER.decode(file("P5\n# a comment\n3 2 255\n", 0, 1, 127, 128, 254, 255), "a", 1);
    assertEquals("Image[2 x 3 x 1]", grey.toString());
    assertArrayEquals(bytes(0, 1, 127, 128, 254, 255), grey.data());
    Image colour = DECODER.decode(file("P6 1 1 255 ", 10, 20, 30), "a", 3);
    assertArrayEquals(bytes(10, 20, 30), colour.data());
    // PIL's luma of (10, 20, 30) is 18.
    assertArrayEquals(bytes(18), DECODER.decode(file("P6 1 1 255 ", 10, 20, 30), "a", 1).data());
  }

  @Test
  void sixteenBitsAreScaledByTheFilesOwnMaximum() {
    byte[] file = file("P5 4 1 4095\n", 0, 0, 0x08, 0, 0x0F, 0xFF, 0, 9);
    // 2048 * 255 / 4095 = 127.53, 9 * 255 / 4095 = 0.56.
    assertArrayEquals(bytes(0, 128, 255, 1), DECODER.decode(file, "a", 1).data());
    assertArrayEquals(bytes(0, 64, 255), DECODER.decode(file("P2 3 1 4 0 1 #x\n4"), "a", 1).data());
    assertArrayEquals(bytes(0, 255, 0), DECODER.decode(file("P3 1 1 1 0 1 0"), "a", 3).data());
  }

  @Test
  void damagedAndHugeFilesAreRefusedByName() {
    for (String text :
        List.of(
            "P5",
            "P5 ",
            "P5 2",
            "P5 2 2",
            "P5 2 2 255",
            "P5 2 2 255\nabc",
            "P5 0 2 255\n",
            "P5 2 2 0\nabcd",
            "P5 2 2 70000\nabcd",
            "P5 x 2 255\nabcd",
            "P5 2 2 255xabcd",
            "P2 2 1 4 1",
            "P2 2 1 4 1 5",
            "P2 2 1 4 1 x",
            "P5 60000 60000 255\nab",
            "P5 9000 9000 65535\nab",
            "P5 99999999999 1 255\nab",
            "P5 2 1 100\n\u00FFa")) {
      MedtransException e =
          assertThrows(
              MedtransException.class, () -> DECODER.decode(file(text), "bad.pgm", 1), text);
      assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
      assertTrue(e.getMessage().contains("bad.pgm"), e.getMessage());
    }
  }

  private static byte[] file(String header, int... values) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] file = java.util.Arrays.copyOf(text, text.length + values.length);
    System.arraycopy(bytes(values), 0, file, text.length, values.length);
    return file;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
