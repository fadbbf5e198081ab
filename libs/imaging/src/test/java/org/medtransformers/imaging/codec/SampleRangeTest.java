package org.medtransformers.imaging.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;

/** 12 bits in files of 16. */
class SampleRangeTest {
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  /** The first row; 4095, 2048, 16 and 0. */
  private static final short[] VALUES = {4095, 2048, 16, 0};

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setDataElements(0, 0, 4, 1, VALUES);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] pnm(String head, int channels) {
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(start.length + 8 * channels).put(start);
    for (short value : VALUES) {
      for (int c = 0; c < channels; c++) {
        out.putShort(value);
      }
    }
    return out.array();
  }

  private static void assertRow(Image image, int... wanted) {
    for (int x = 0; x < wanted.length; x++) {
      assertEquals(wanted[x], image.at(0, x, 0), "column " + x);
    }
  }

  @Test
  void sixteenBitsAreScaledByAllOfThemUnlessToldOtherwise() throws IOException {
    for (byte[] file : new byte[][] {png(), pnm("P5 4 1 65535\n", 1), pnm("P6 4 1 65535\n", 3)}) {
      SampleRange all = new SampleRange(null);
      assertRow(DECODER.decode(file, "x", 3, all), 16, 8, 0, 0);
      assertTrue(all.isDeep());
      assertEquals(4095, all.highest());
      assertEquals(12, all.bitsUsed());
      assertEquals(16, all.bitsScaled());
      SampleRange twelve = new SampleRange(12);
      assertRow(DECODER.decode(file, "x", 1, twelve), 255, 128, 1, 0);
      assertEquals(12, twelve.bitsScaled());
    }
  }

  @Test
  void valueAboveTheBitsIsRefusedByName() throws IOException {
    MedtransException e =
        assertThrows(
            MedtransException.class, () -> DECODER.decode(png(), "x", 1, new SampleRange(11)));
    assertTrue(
        e.getMessage().contains("the value 4095, allowed with medtrans.bits 11: 0 to 2047"),
        e.getMessage());
  }

  @Test
  void fileThatSaysFewerBitsIsBelievedAndEightAreNotTouched() throws IOException {
    assertRow(DECODER.decode(pnm("P5 4 1 4095\n", 1), "x", 1, new SampleRange(16)), 255, 128, 1, 0);
    byte[] eight = "P5 2 1 255\nA\u007F".getBytes(StandardCharsets.ISO_8859_1);
    SampleRange range = new SampleRange(12);
    assertRow(DECODER.decode(eight, "x", 1, range), 'A', 0x7F);
    assertFalse(range.isDeep());
  }

  /** 12 bits stored in 16 allocated, as the file says; a window decides by itself. */
  @Test
  void dicomSaysItsBits() throws IOException {
    Path formats = Path.of("src/test/resources/formats");
    byte[] depth = Files.readAllBytes(formats.resolve("explicit_12bit_depth.dcm"));
    SampleRange range = new SampleRange(null);
    Image twelve = DECODER.decode(depth, "x", 1, range);
    assertTrue(range.isDeep() && range.bitsUsed() == 12 && range.bitsScaled() == 12);
    assertEquals(twelve, DECODER.decode(depth, "x", 1, new SampleRange(12)));
    assertThrows(MedtransException.class, () -> DECODER.decode(depth, "x", 1, new SampleRange(10)));
    byte[] window = Files.readAllBytes(formats.resolve("implicit_window.dcm"));
    SampleRange windowed = new SampleRange(9);
    DECODER.decode(window, "x", 1, windowed);
    assertFalse(windowed.isDeep());
  }
}
