package org.medtransformers.imaging.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;

/** What holds for every format; that its pixels are right is for each format's own test. */
abstract class CodecConformanceTest {
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  abstract Codec codec();

  /** A whole file, of a picture that is not square. */
  abstract byte[] file() throws IOException;

  /** A file that the JDK's encoder writes. */
  static byte[] encoded(String format) throws IOException {
    BufferedImage picture = new BufferedImage(21, 13, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 21 * 13; i++) {
      picture.setRGB(i % 21, i / 21, 0x030507 * i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, format, out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theHeaderSaysTheSizeThatIsDecoded(int channels) throws IOException {
    Dimensions size = codec().dimensions(file());
    Image image = DECODER.decode(file(), "picture", channels);
    assertEquals(size.height(), image.height());
    assertEquals(size.width(), image.width());
    assertEquals(channels, image.channels());
    assertTrue(size.height() != size.width());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theMemoryToldIsNotLessThanThePixels(int channels) throws IOException {
    Image image = DECODER.decode(file(), "picture", channels);
    assertTrue(DECODER.workingBytes(file(), "picture", channels) >= image.data().length);
  }

  @Test
  void itRecognisesItsOwnFilesOnly() throws IOException {
    assertTrue(codec().recognises(file()));
    for (byte[] other : new byte[][] {{}, {0}, {'B', 'M'}, new byte[256]}) {
      assertFalse(codec().recognises(other));
    }
  }

  @Test
  void aHeaderAloneIsRefusedByName() throws IOException {
    byte[] whole = file();
    MedtransException e =
        assertThrows(
            MedtransException.class, () -> DECODER.decode(Arrays.copyOf(whole, 16), "picture", 1));
    assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
    assertTrue(e.getMessage().contains("picture"), e.getMessage());
  }

  /** Whatever a damaged file holds: an image within the limits, or a refusal by name. */
  @Test
  void damageEndsInAnImageOrARefusal() throws IOException {
    byte[] whole = file();
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] damaged =
          i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int flips = damaged.length == 0 ? 0 : i % 3; flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        Image image = DECODER.decode(damaged, "picture", 3);
        assertTrue((long) image.height() * image.width() <= ImageLimits.DEFAULT.maxPixels());
      } catch (MedtransException e) {
        assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
        assertTrue(e.getMessage().contains("picture"), e.getMessage());
      }
    }
  }
}
